package io.fieldloop.scenario.rig.virtual;

import io.netty.util.concurrent.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that passes only when the event loop has nothing else to do.
 *
 * <p>It is the loop's {@link Ticker} and the run's wall clock at once, so a certificate's dates and a handshake's
 * deadline can never drift apart. Read it on the loop's thread; after {@link #freeze} it stands still for good.
 */
public final class VirtualClock implements Ticker, InstantSource {
    private final Instant epoch;
    private final AtomicLong nowNanos = new AtomicLong();
    private volatile boolean frozen;
    private boolean standsStill;

    /** @param epoch what a clock on the wall shows at 0 ns */
    public VirtualClock(Instant epoch) {
        this.epoch = epoch;
    }

    @Override
    public long initialNanoTime() {
        return 0;
    }

    @Override
    public long nanoTime() {
        return nowNanos.get();
    }

    @Override
    public Instant instant() {
        return epoch.plusNanos(nowNanos.get());
    }

    /** Not to be slept on: whoever waits in virtual time schedules a task. */
    @Override
    public void sleep(long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("virtual time passes only between tasks of its event loop");
    }

    /** Stops time, so that periodic timers left over at the end of a scenario do not spin. */
    public void freeze() {
        frozen = true;
    }

    /** Lets one nanosecond pass, frozen or not. */
    void tick() {
        nowNanos.incrementAndGet();
    }

    /** Says whether there is nothing to wait for. */
    void standStill(boolean noTimers) {
        standsStill = noTimers;
    }

    /** Moves on to {@code deadlineNanos}, never back; false when time stands still. */
    boolean advanceTo(long deadlineNanos) {
        if (frozen || standsStill) {
            return false;
        }
        nowNanos.lazySet(Math.max(nowNanos.get(), deadlineNanos)); // only the loop's thread moves it
        return true;
    }
}
