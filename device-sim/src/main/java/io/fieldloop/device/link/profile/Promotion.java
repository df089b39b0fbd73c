package io.fieldloop.device.link.profile;

import java.time.Duration;

/**
 * What waking the radio costs: a link without traffic for {@code afterIdle} is idle, and the next packet waits
 * {@code delay} for the connected state. A new link is idle.
 *
 * @param pagingCycle a downstream packet to an idle device first waits for the next multiple of this (eDRX); zero
 *     pages at once
 */
public record Promotion(Duration delay, Duration afterIdle, Duration pagingCycle) {
    public static final Promotion NONE = new Promotion(Duration.ZERO, Duration.ofSeconds(10), Duration.ZERO);

    public boolean isNone() {
        return delay.isZero() && pagingCycle.isZero();
    }
}
