package io.fieldloop.scenario.rig.socket;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late an event loop runs its timers, which is how late everything on it happens.
 *
 * <p>A harness that is too busy to answer looks like a peer that does not, and only this tells the two apart.
 */
final class LoopLag {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventLoop loop;
    private volatile long dueNanos;
    private volatile long worstNanos;

    private LoopLag(EventLoop loop) {
        this.loop = loop;
        this.dueNanos = loop.ticker().nanoTime();
    }

    /** Measures until the loop ends. */
    static LoopLag of(EventLoop loop) {
        LoopLag lag = new LoopLag(loop);
        loop.execute(lag::measure);
        return lag;
    }

    private void measure() {
        worstNanos = worstSoFar();
        dueNanos = loop.ticker().nanoTime() + PERIOD_NANOS;
        loop.schedule(this::measure, PERIOD_NANOS, TimeUnit.NANOSECONDS);
    }

    /** The longest delay so far, the present one included; may be asked from any thread. */
    Duration worst() {
        return Duration.ofNanos(worstSoFar());
    }

    private long worstSoFar() {
        return Math.max(worstNanos, loop.ticker().nanoTime() - dueNanos);
    }
}
