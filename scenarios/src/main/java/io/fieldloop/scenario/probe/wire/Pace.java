package io.fieldloop.scenario.probe.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Spreads connections over time.
 *
 * <p>An examination hangs up in the middle of handshakes and is refused on purpose. Servers count that: our own gateway bans
 * a source at 20 refusals in 10 s, and then all that follows would be about the ban.
 */
public final class Pace {
    private static final int AT_ONCE = 4;

    private final LongSupplier nanos;
    private final long gapNanos;
    private long nextNanos;

    /** @param perSecond in the long run; the first few go at once */
    public Pace(double perSecond, LongSupplier nanos) {
        this.nanos = nanos;
        this.gapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.nextNanos = nanos.getAsLong() - AT_ONCE * gapNanos;
    }

    /** How long from now the next connection has to wait; it is taken for made then. */
    synchronized long takeNanos() {
        long now = nanos.getAsLong();
        nextNanos = Math.max(nextNanos, now - AT_ONCE * gapNanos) + gapNanos;
        return Math.max(0, nextNanos - now);
    }
}
