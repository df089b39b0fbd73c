package io.fieldloop.scenario.diagnose.tcp;

import org.jspecify.annotations.Nullable;

/** Times of one kind: how many, the least, the most and the mean. */
public final class Spread {
    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;
    private @Nullable Moment mostAt;

    void add(long nanos, Moment at) {
        count++;
        sum += nanos;
        least = Math.min(least, nanos);
        if (nanos > most || mostAt == null) {
            most = nanos;
            mostAt = at;
        }
    }

    public long count() {
        return count;
    }

    public long least() {
        return count == 0 ? 0 : least;
    }

    public long most() {
        return most;
    }

    /** Of which packet the most was; null where there are none. */
    public @Nullable Moment mostAt() {
        return mostAt;
    }

    public long mean() {
        return count == 0 ? 0 : sum / count;
    }
}
