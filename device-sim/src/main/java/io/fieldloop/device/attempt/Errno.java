package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;

/** The errno of newlib and lwIP behind a failed connection attempt (protocol reference 5.1). */
public final class Errno {

    static final int RESET = 0x68;
    /** lwIP's own end of a connection: its retransmissions were in vain, or its interface is gone. */
    static final int ABORTED = 0x71;

    static final int REFUSED = 0x6f;
    static final int TIMED_OUT = 0x74;
    static final int HOST_UNREACHABLE = 0x76;

    private Errno() {}

    /** What a read of a connection that was open fails with. */
    public static int ofRead(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("abort") ? ABORTED : RESET;
    }

    /** The same in newlib's words. */
    public static String textOfRead(Throwable cause) {
        return ofRead(cause) == ABORTED ? "Software caused connection abort" : "Connection reset by peer";
    }

    public static int of(FailureReason reason) {
        return switch (reason) {
            case TCP_REFUSED -> REFUSED;
            case TCP_TIMEOUT -> TIMED_OUT;
            case TCP_UNREACHABLE -> HOST_UNREACHABLE;
            default -> RESET;
        };
    }
}
