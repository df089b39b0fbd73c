package io.fieldloop.device.modem;

/** What a command makes a modem do, beyond what it says. */
enum Verb {
    /** Nothing. */
    NOTHING,
    /** Opens socket {@code id} to {@code host} and {@code port}; the event {@code opened} tells how that went. */
    OPEN,
    /** Tells {@code type}, {@code host}, {@code port} and {@code condition} of socket {@code id}. */
    STATE,
    /** Sends {@code hex} on socket {@code id}; answered when the modem has room for it. */
    SEND,
    /** Prompts for {@code length} bytes and sends them on socket {@code id}. */
    PROMPT_AND_SEND,
    /** Closes socket {@code id}; what is said after the answer's last line is said when it is closed. */
    CLOSE,
    /** Goes to the speed {@code baud} once it has answered. */
    SPEED,
    /** Restarts once it has answered. */
    REBOOT,
    /** Where its answer is {@code CONNECT}, the line carries PPP from then on. */
    DATA
}
