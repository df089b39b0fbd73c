package io.fieldloop.device.link.profile;

import java.time.Duration;

/** The one-way delay of a packet: a mean, a jitter, and how the one spreads around the other. */
public record Delay(Distribution distribution, Duration mean, Duration jitter) {
    public static final Delay NONE = new Delay(Distribution.NORMAL, Duration.ZERO, Duration.ZERO);

    /** Whether every packet takes exactly the mean. */
    public boolean isConstant() {
        return distribution == Distribution.CONSTANT || jitter.isZero();
    }
}
