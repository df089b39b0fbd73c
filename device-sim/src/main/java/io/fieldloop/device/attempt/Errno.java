package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;

/** The errno of newlib and lwIP behind a failed connection attempt (protocol reference 5.1). */
public final class Errno {

    static final int RESET = 0x68;
    static final int REFUSED = 0x6f;
    static final int TIMED_OUT = 0x74;
    static final int HOST_UNREACHABLE = 0x76;

    private Errno() {}

    public static int of(FailureReason reason) {
        return switch (reason) {
            case TCP_REFUSED -> REFUSED;
            case TCP_TIMEOUT -> TIMED_OUT;
            case TCP_UNREACHABLE -> HOST_UNREACHABLE;
            default -> RESET;
        };
    }
}
