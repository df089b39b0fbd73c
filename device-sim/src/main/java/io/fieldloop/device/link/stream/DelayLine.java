package io.fieldloop.device.link.stream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds segments until they are due, first in, first out; one timer, on the event loop, for the one that is next. */
public final class DelayLine {
    // An ordinary Linux thread's timers fire up to 50 us late (prctl(2), PR_SET_TIMERSLACK), and waking it up took as
    // long
    // again when measured: ask that much earlier, and spin for what is left.
    private static final long TIMER_LATENESS_NANOS = 100_000;

    private final EventLoop loop;
    private final Exit exit;
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private @Nullable Future<?> timer;
    private final long leadNanos;
    private boolean draining;

    DelayLine(EventLoop loop, Exit exit) {
        // Another ticker's time is not late, nor does it pass while one waits for it.
        this.leadNanos = loop.ticker() == Ticker.systemTicker() ? TIMER_LATENESS_NANOS : 0;
        this.loop = loop;
        this.exit = exit;
    }

    boolean isEmpty() {
        return segments.isEmpty() && !draining;
    }

    /** Puts a segment in line; what is due comes out with the next {@link #pump}. */
    void add(Segment segment) {
        segments.add(segment);
    }

    /**
     * Delivers what is due, and sees to the rest. Not before all of a message is in line: delivering may bring the next
     * message about, and that would overtake what is missing.
     */
    void pump() {
        if (timer == null && !draining && !segments.isEmpty()) {
            drain();
        }
    }

    /** Drops all that is under way. */
    void clear() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (Segment segment = segments.poll(); segment != null; segment = segments.poll()) {
            segment.drop();
        }
    }

    private void drain() {
        timer = null;
        draining = true;
        Segment next = segments.peek();
        long now = timeFor(next);
        boolean delivered = false;
        while (next != null && next.dueNanos() <= now) {
            segments.remove();
            exit.deliver(next);
            delivered = true;
            next = segments.peek();
        }
        draining = false;
        if (delivered) {
            exit.delivered();
        }
        next = segments.peek();
        if (next != null && timer == null) {
            long delay = next.dueNanos() - loop.ticker().nanoTime() - leadNanos;
            timer = loop.schedule(this::drain, delay, TimeUnit.NANOSECONDS);
        }
    }

    /** The time, after a short wait if {@code next} is due within the lead. */
    private long timeFor(@Nullable Segment next) {
        long now = loop.ticker().nanoTime();
        while (next != null && next.dueNanos() > now && next.dueNanos() - now <= leadNanos) {
            Thread.onSpinWait();
            now = loop.ticker().nanoTime();
        }
        return now;
    }

    /** Where segments come out. */
    interface Exit {
        void deliver(Segment segment);

        /** Those that were due are out. */
        void delivered();
    }
}
