package io.fieldloop.device.link.profile;

import java.time.Duration;

/**
 * A stretch of time that may repeat: from {@code at} for {@code lasting}, again {@code every}. Times count from when
 * the link took up the profile; a zero {@code every} is once, a zero {@code lasting} never.
 */
public record Window(Duration at, Duration lasting, Duration every) {
    public static final Window NEVER = new Window(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public boolean isNever() {
        return lasting.isZero();
    }

    /** Whether the window is open at {@code nanos} after the link took up the profile. */
    public boolean isOpenAt(long nanos) {
        return !isNever() && nanos >= at.toNanos() && sinceOpening(nanos) < lasting.toNanos();
    }

    /** When the window open at {@code nanos} closes; {@code nanos} itself when it is not open. */
    public long closesAt(long nanos) {
        return isOpenAt(nanos) ? nanos - sinceOpening(nanos) + lasting.toNanos() : nanos;
    }

    /** How many openings there have been up to and including {@code nanos}. */
    public long openingsUntil(long nanos) {
        if (isNever() || nanos < at.toNanos()) {
            return 0;
        }
        return every.isZero() ? 1 : 1 + (nanos - at.toNanos()) / every.toNanos();
    }

    /** When the window opens next, strictly after {@code nanos}; {@code Long.MAX_VALUE} when it does not. */
    public long opensAfter(long nanos) {
        if (isNever()) {
            return Long.MAX_VALUE;
        }
        if (nanos < at.toNanos()) {
            return at.toNanos();
        }
        return every.isZero() ? Long.MAX_VALUE : at.toNanos() + openingsUntil(nanos) * every.toNanos();
    }

    private long sinceOpening(long nanos) {
        long since = nanos - at.toNanos();
        return every.isZero() ? since : since % every.toNanos();
    }
}
