package io.fieldloop.server.connection;

import java.util.Arrays;

/** Tells exactly when a rate is crossed, in memory for what happened and at most for the rate's count. */
final class SlidingWindow {
    private static final int TIMES_AT_FIRST = 16;

    private final long windowNanos;
    private final int count;
    /** In a ring once there are {@code count} of them. */
    private long[] times;

    private int next;
    private int size;

    SlidingWindow(Rate rate) {
        windowNanos = rate.window().toNanos();
        count = rate.count();
        times = new long[Math.min(count, TIMES_AT_FIRST)];
    }

    /** Notes one occurrence and says whether the rate is crossed with it. */
    boolean crossedBy(long nowNanos) {
        if (next == times.length) {
            times = Arrays.copyOf(times, (int) Math.min(count, times.length * 2L));
        }
        times[next] = nowNanos;
        next = (next + 1) % count;
        size = Math.min(size + 1, count);
        return crossed(nowNanos);
    }

    /** Whether the last {@code count} occurrences all lie within the window. */
    boolean crossed(long nowNanos) {
        return size == count && nowNanos - times[next] <= windowNanos;
    }

    /** Whether nothing happened within the window. */
    boolean quiet(long nowNanos) {
        if (size == 0) {
            return true;
        }
        int latest = next == 0 ? count - 1 : next - 1;
        return nowNanos - times[latest] > windowNanos;
    }

    void clear() {
        size = 0;
        next = 0;
    }
}
