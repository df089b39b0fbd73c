package io.fieldloop.device.link.model;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds packets until they are due; those due at the same time leave in the order they came. */
public final class PacketQueue<T> {
    // As in the stream link's delay line: timers of an ordinary Linux thread fire up to 50 us late (prctl(2),
    // PR_SET_TIMERSLACK), and waking it up takes as long again.
    private static final long TIMER_LATENESS_NANOS = 100_000;

    private final EventLoop loop;
    private final Consumer<T> exit;
    private final long leadNanos;
    private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>(
            Comparator.<Entry<T>>comparingLong(Entry::dueNanos).thenComparingLong(Entry::order));
    private long order;
    private @Nullable Future<?> timer;
    private long timerNanos;
    private boolean draining;

    /** A queue whose packets, when due, go to {@code exit}. */
    public PacketQueue(EventLoop loop, Consumer<T> exit) {
        this.loop = loop;
        this.exit = exit;
        // Another ticker's time is not late, nor does it pass while one waits for it.
        this.leadNanos = loop.ticker() == Ticker.systemTicker() ? TIMER_LATENESS_NANOS : 0;
    }

    /** Takes over a packet; one that is due leaves at once. */
    public void add(long dueNanos, T packet) {
        entries.add(new Entry<>(dueNanos, order++, packet));
        if (!draining) {
            drain(false);
        }
    }

    /** Empties the queue; what is under way goes to {@code dropped}. */
    public void clear(Consumer<T> dropped) {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (Entry<T> entry = entries.poll(); entry != null; entry = entries.poll()) {
            dropped.accept(entry.packet);
        }
    }

    private void drain(boolean byTimer) {
        draining = true;
        Entry<T> next = entries.peek();
        long now = byTimer ? timeFor(next) : loop.ticker().nanoTime();
        while (next != null && next.dueNanos <= now) {
            entries.remove();
            exit.accept(next.packet);
            next = entries.peek();
        }
        draining = false;
        if (next != null) {
            setTimer(next.dueNanos);
        }
    }

    private void setTimer(long dueNanos) {
        if (timer != null && timerNanos <= dueNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerNanos = dueNanos;
        long delay = dueNanos - loop.ticker().nanoTime() - leadNanos;
        timer = loop.schedule(
                () -> {
                    timer = null;
                    drain(true);
                },
                delay,
                TimeUnit.NANOSECONDS);
    }

    /** The time, after a short wait if {@code next} is due within the lead. */
    private long timeFor(@Nullable Entry<T> next) {
        long now = loop.ticker().nanoTime();
        while (next != null && next.dueNanos > now && next.dueNanos - now <= leadNanos) {
            Thread.onSpinWait();
            now = loop.ticker().nanoTime();
        }
        return now;
    }

    private record Entry<T>(long dueNanos, long order, T packet) {}
}
