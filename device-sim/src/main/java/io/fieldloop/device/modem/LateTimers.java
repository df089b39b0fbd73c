package io.fieldloop.device.modem;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Timers that know how late they were: on a machine that is busy they are, and whoever waits for what they do has to wait as much longer.
 *
 * <p>In virtual time they never are.
 */
public class LateTimers {

    private final EventLoop loop;
    private long lateNanos;

    LateTimers(EventLoop loop) {
        this.loop = loop;
    }

    long nanoTime() {
        return loop.ticker().nanoTime();
    }

    void schedule(Runnable task, long delayNanos) {
        long dueNanos = nanoTime() + delayNanos;
        loop.schedule(
                () -> {
                    lateNanos += nanoTime() - dueNanos;
                    task.run();
                },
                delayNanos,
                TimeUnit.NANOSECONDS);
    }

    /** How late all of them were together. */
    public long lateNanos() {
        return lateNanos;
    }
}
