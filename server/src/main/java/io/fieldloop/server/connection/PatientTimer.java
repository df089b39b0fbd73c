package io.fieldloop.server.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A timer that lets its loop read before it acts, where the loop was held up.
 *
 * <p>A loop runs its timers before it reads what has come meanwhile. On a busy machine, as at its start, a timer would find a peer silent
 * whose words lie in the socket.
 */
public final class PatientTimer {
    private static final Duration HELD_UP = Duration.ofMillis(100);

    private final EventExecutor loop;
    private final LongSupplier nanoTime;
    private final Runnable action;
    private final long dueNanos;
    private Future<?> pending;

    /** Runs {@code action} on the loop after the delay, unless cancelled. */
    public PatientTimer(EventExecutor loop, LongSupplier nanoTime, Duration delay, Runnable action) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.action = action;
        this.dueNanos = nanoTime.getAsLong() + delay.toNanos();
        this.pending = loop.schedule(this::due, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** On the loop: it does not run any more. */
    public void cancel() {
        pending.cancel(false);
    }

    /** Whether it ran or was cancelled. */
    public boolean isDone() {
        return pending.isDone();
    }

    private void due() {
        if (nanoTime.getAsLong() - dueNanos > HELD_UP.toNanos()) {
            pending = loop.schedule(action, 1, TimeUnit.MILLISECONDS);
        } else {
            action.run();
        }
    }
}
