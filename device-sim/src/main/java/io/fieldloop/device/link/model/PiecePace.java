package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Split;

/** When the pieces leave that a link splits one direction of a connection into. */
public final class PiecePace {
    private long nextNanos = Long.MIN_VALUE;

    /** When a piece leaves that is ready at {@code readyNanos}: not before its time after the one ahead of it. */
    public long leaves(Split split, long readyNanos) {
        if (split.bytesMax() == 0 || split.every().isZero()) {
            return readyNanos;
        }
        long start = Math.max(readyNanos, nextNanos);
        nextNanos = start + split.every().toNanos();
        return start;
    }
}
