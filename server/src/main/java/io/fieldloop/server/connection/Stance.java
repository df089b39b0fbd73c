package io.fieldloop.server.connection;

/** How a gateway treats what is not a well-behaved device. */
public enum Stance {
    /** Refuses before the upgrade, with the right status and a reason; what the field reports recommend. */
    HARDENED,
    /** Answers exactly as xiaozhi-esp32-server on websockets 14.2 does, so that field behaviour can be reproduced. */
    COMPAT
}
