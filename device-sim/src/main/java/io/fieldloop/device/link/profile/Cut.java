package io.fieldloop.device.link.profile;

import java.time.Duration;

/**
 * Ends every connection: so long after it was established, or, where that is zero, once {@code atByte} bytes went in {@code direction}; those
 * still arrive, the next does not.
 */
public record Cut(How how, Direction direction, long atByte, Duration after) {
    public static final Cut NONE = new Cut(How.NONE, Direction.UPSTREAM, 0, Duration.ZERO);

    /** How a connection is cut; both ends see it, unless it says otherwise. */
    public enum How {
        NONE,
        RESET,
        FIN,
        BLACKHOLE,
        /**
         * The device's own TCP gives the connection up, as lwIP does when its interface goes (errno 113), and the gateway hears nothing; to
         * what is not a simulated device nobody can do that from outside, and it is a black hole.
         */
        ABORTED
    }

    /** Whether the connection ends at a time of its own. */
    public boolean isTimed() {
        return how != How.NONE && !after.isZero();
    }
}
