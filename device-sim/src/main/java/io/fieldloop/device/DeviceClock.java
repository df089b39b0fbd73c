package io.fieldloop.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time a device believes it is. */
final class DeviceClock implements InstantSource {
    /** What a clock shows that nobody has set. */
    private static final Instant FIRST_BOOT = Instant.EPOCH;

    private final InstantSource right;
    private final Duration skew;
    private volatile Duration ahead;

    /** @param skew how far it is ahead of the right time, whatever happens */
    DeviceClock(InstantSource right, Duration skew) {
        this.right = right;
        this.skew = skew;
        this.ahead = skew;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(ahead);
    }

    /** The power came on, and nobody has set it yet. */
    void forget() {
        ahead = skew.isZero() ? Duration.between(right.instant(), FIRST_BOOT) : skew;
    }

    void set(Instant local) {
        ahead = Duration.between(right.instant(), local);
    }
}
