package io.fieldloop.server.guard;

/** Tells exactly when a rate is crossed, in memory bounded by the rate's count. */
final class SlidingWindow {
    private final long windowNanos;
    private final long[] times;
    private int next;
    private int size;

    SlidingWindow(Rate rate) {
        windowNanos = rate.window().toNanos();
        times = new long[rate.count()];
    }

    /** Notes one occurrence and says whether the rate is crossed with it. */
    boolean crossedBy(long nowNanos) {
        times[next] = nowNanos;
        next = (next + 1) % times.length;
        size = Math.min(size + 1, times.length);
        return crossed(nowNanos);
    }

    /** Whether the last {@code count} occurrences all lie within the window. */
    boolean crossed(long nowNanos) {
        return size == times.length && nowNanos - times[next] <= windowNanos;
    }

    /** Whether nothing happened within the window. */
    boolean quiet(long nowNanos) {
        if (size == 0) {
            return true;
        }
        int latest = (next + times.length - 1) % times.length;
        return nowNanos - times[latest] > windowNanos;
    }

    void clear() {
        size = 0;
    }
}
