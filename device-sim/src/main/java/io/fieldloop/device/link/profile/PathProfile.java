package io.fieldloop.device.link.profile;

/**
 * One direction of a link.
 *
 * @param bitsPerSecond 0 is unlimited
 * @param queueBytes how much may wait for the bandwidth before a stream's sender is held back
 */
public record PathProfile(Delay delay, Loss loss, long bitsPerSecond, int queueBytes, Split split, Disorder disorder) {
    /** A common depth of cellular buffers' lower end; deeper ones are what makes them bloated. */
    public static final int DEFAULT_QUEUE_BYTES = 64 * 1024;

    static PathProfile clear(Loss none) {
        return new PathProfile(Delay.NONE, none, 0, DEFAULT_QUEUE_BYTES, Split.NONE, Disorder.NONE);
    }

    /** Whether this direction does nothing to what passes. */
    public boolean isClear() {
        return delay.mean().isZero()
                && delay.isConstant()
                && loss.probability() == 0
                && bitsPerSecond == 0
                && split.bytesMax() == 0
                && disorder.isNone();
    }

    public PathProfile withDelay(Delay value) {
        return new PathProfile(value, loss, bitsPerSecond, queueBytes, split, disorder);
    }

    public PathProfile withLoss(Loss value) {
        return new PathProfile(delay, value, bitsPerSecond, queueBytes, split, disorder);
    }

    public PathProfile withBitsPerSecond(long value) {
        return new PathProfile(delay, loss, value, queueBytes, split, disorder);
    }

    public PathProfile withQueueBytes(int value) {
        return new PathProfile(delay, loss, bitsPerSecond, value, split, disorder);
    }

    public PathProfile withSplit(Split value) {
        return new PathProfile(delay, loss, bitsPerSecond, queueBytes, value, disorder);
    }

    public PathProfile withDisorder(Disorder value) {
        return new PathProfile(delay, loss, bitsPerSecond, queueBytes, split, value);
    }
}
