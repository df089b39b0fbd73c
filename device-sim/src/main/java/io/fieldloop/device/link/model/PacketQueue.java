package io.fieldloop.device.link.model;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds packets until they are due; those due at the same time leave in the order they came. One timer, for the one that is next. */
public final class PacketQueue<T> {
    // An ordinary Linux thread's timers fire up to 50 us late (prctl(2), PR_SET_TIMERSLACK), and waking it up took as
    // long again when measured: ask that much earlier, and spin for what is left.
    private static final long TIMER_LATENESS_NANOS = 100_000;

    private final EventLoop loop;
    private final Exit<T> exit;
    private final long leadNanos;
    private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>(
            Comparator.<Entry<T>>comparingLong(Entry::dueNanos).thenComparingLong(Entry::order));
    private long order;
    private @Nullable Future<?> timer;
    private long timerNanos;
    private boolean draining;

    /** A queue whose packets, when due, go to {@code exit}. */
    public PacketQueue(EventLoop loop, Exit<T> exit) {
        this.loop = loop;
        this.exit = exit;
        // Another ticker's time is not late, nor does it pass while one waits for it.
        this.leadNanos = loop.ticker() == Ticker.systemTicker() ? TIMER_LATENESS_NANOS : 0;
    }

    /** Whether nothing waits, and nothing is just leaving. */
    public boolean isEmpty() {
        return entries.isEmpty() && !draining;
    }

    /** Takes over a packet; one that is due leaves at once. */
    public void add(long dueNanos, T packet) {
        put(dueNanos, packet);
        if (!draining) {
            drain(loop.ticker().nanoTime());
        }
    }

    /** Takes over a packet; one that is due leaves with the next {@link #pump}. */
    public void put(long dueNanos, T packet) {
        entries.add(new Entry<>(dueNanos, order++, packet));
    }

    /**
     * Delivers what is due, and sees to the rest. Not before all of a message is in line: delivering may bring the next
     * message about, and that would overtake what is missing.
     */
    public void pump() {
        if (timer == null && !draining && !entries.isEmpty()) {
            drain(timeForNext());
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

    private void drain(long now) {
        draining = true;
        boolean delivered = false;
        for (Entry<T> next = entries.peek(); next != null && next.dueNanos <= now; next = entries.peek()) {
            entries.remove();
            exit.deliver(next.packet);
            delivered = true;
        }
        draining = false;
        if (delivered) {
            exit.delivered();
        }
        Entry<T> next = entries.peek();
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
                    drain(timeForNext());
                },
                delay,
                TimeUnit.NANOSECONDS);
    }

    /** The time, after a short wait if the next packet is due within the lead. */
    private long timeForNext() {
        Entry<T> next = entries.peek();
        long now = loop.ticker().nanoTime();
        while (next != null && next.dueNanos > now && next.dueNanos - now <= leadNanos) {
            Thread.onSpinWait();
            now = loop.ticker().nanoTime();
        }
        return now;
    }

    /** Where packets come out. */
    @FunctionalInterface
    public interface Exit<T> {
        void deliver(T packet);

        /** Those that were due are out. */
        default void delivered() {}
    }

    private record Entry<T>(long dueNanos, long order, T packet) {}
}
