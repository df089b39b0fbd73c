package io.fieldloop.scenario.diagnose.tcp;

/** Times of one kind: how many, the least, the most and the mean. */
public final class Spread {
    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;

    void add(long nanos) {
        count++;
        sum += nanos;
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
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

    public long mean() {
        return count == 0 ? 0 : sum / count;
    }
}
