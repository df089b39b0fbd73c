package io.fieldloop.device.profile;

/** The generation of 78/esp-ml307, the network library of xiaozhi firmware, and with it the words of its errors. */
public enum NetworkLibrary {
    /** Success is a boolean and the error a number: {@code code=32774}; a modem that answers nothing within 10 s counts as connected. */
    UP_TO_3_6,
    /** Errors have names: {@code Connection timed out (timeout, native=32774)}; no answer is a time-out. */
    FROM_3_7
}
