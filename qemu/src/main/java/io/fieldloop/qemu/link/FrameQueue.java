package io.fieldloop.qemu.link;

import io.fieldloop.device.link.profile.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds frames until they are due; frames due at the same time leave in the order they came. */
final class FrameQueue {
    // As in the stream link's delay line: timers of an ordinary Linux thread fire up to 50 us late (prctl(2),
    // PR_SET_TIMERSLACK), and waking it up takes as long again.
    private static final long TIMER_LATENESS_NANOS = 100_000;

    private final EventLoop loop;
    private final Exit exit;
    private final long leadNanos;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::dueNanos).thenComparingLong(Entry::order));
    private long order;
    private @Nullable Future<?> timer;
    private long timerNanos;
    private boolean draining;

    FrameQueue(EventLoop loop, Exit exit) {
        this.loop = loop;
        this.exit = exit;
        // Another ticker's time is not late, nor does it pass while one waits for it.
        this.leadNanos = loop.ticker() == Ticker.systemTicker() ? TIMER_LATENESS_NANOS : 0;
    }

    /** Takes over a frame; one that is due leaves at once. */
    void add(long dueNanos, Direction direction, ByteBuf frame, Arrival passenger) {
        entries.add(new Entry(dueNanos, order++, direction, frame, passenger));
        if (!draining) {
            drain(false);
        }
    }

    /** Drops everything. */
    void clear() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
            entry.frame.release();
        }
    }

    private void drain(boolean byTimer) {
        draining = true;
        Entry next = entries.peek();
        long now = byTimer ? timeFor(next) : loop.ticker().nanoTime();
        while (next != null && next.dueNanos <= now) {
            entries.remove();
            exit.leave(next.direction, next.frame, next.passenger);
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
    private long timeFor(@Nullable Entry next) {
        long now = loop.ticker().nanoTime();
        while (next != null && next.dueNanos > now && next.dueNanos - now <= leadNanos) {
            Thread.onSpinWait();
            now = loop.ticker().nanoTime();
        }
        return now;
    }

    /** Where frames come out; takes them over. */
    interface Exit {
        void leave(Direction direction, ByteBuf frame, Arrival passenger);
    }

    private record Entry(long dueNanos, long order, Direction direction, ByteBuf frame, Arrival passenger) {}
}
