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
}
