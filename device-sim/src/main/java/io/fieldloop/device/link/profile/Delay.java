package io.fieldloop.device.link.profile;

import java.time.Duration;

/** The one-way delay of a packet: a mean, a jitter, and how the one spreads around the other. */
public record Delay(Distribution distribution, Duration mean, Duration jitter) {
    public static final Delay NONE = new Delay(Distribution.NORMAL, Duration.ZERO, Duration.ZERO);

    public static Delay constant(Duration mean) {
        return new Delay(Distribution.CONSTANT, mean, Duration.ZERO);
    }

    /** Whether every packet takes exactly the mean. */
    public boolean isConstant() {
        return distribution == Distribution.CONSTANT || jitter.isZero();
    }

    public Delay withMean(Duration value) {
        return new Delay(distribution, value, jitter);
    }

    public Delay withJitter(Duration value) {
        return new Delay(distribution, mean, value);
    }

    public Delay withDistribution(Distribution value) {
        return new Delay(value, mean, jitter);
    }
}
