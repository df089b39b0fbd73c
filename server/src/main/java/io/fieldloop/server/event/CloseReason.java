package io.fieldloop.server.event;

/** Why a session ended: the closed vocabulary of session-closed events. */
public enum CloseReason {
    /** The device sent a close frame, or DISCONNECT. */
    DEVICE_CLOSED(By.DEVICE),
    /** The device ended the connection without a close frame, as the firmware always does. */
    DEVICE_DROPPED(By.DEVICE),
    /** The connection was reset or timed out. */
    CONNECTION_LOST(By.NETWORK),
    IDLE(By.GATEWAY),
    KEEPALIVE_PING_TIMEOUT(By.GATEWAY),
    /** An MQTT client was silent for one and a half times what it had announced. */
    KEEPALIVE_TIMEOUT(By.GATEWAY),
    /** Another connection came with the same MQTT client id. */
    TAKEN_OVER(By.GATEWAY),
    HELLO_TIMEOUT(By.GATEWAY),
    PROTOCOL_ERROR(By.GATEWAY),
    MALFORMED_PACKET(By.GATEWAY),
    UNSUPPORTED_DATA(By.GATEWAY),
    INVALID_UTF8(By.GATEWAY),
    MESSAGE_TOO_BIG(By.GATEWAY),
    AUTHENTICATION_FAILED(By.GATEWAY),
    DEVICE_ID_MISSING(By.GATEWAY),
    INTERNAL_ERROR(By.GATEWAY),
    GATEWAY_STOPPED(By.GATEWAY),
    FAULT(By.GATEWAY);

    private final By by;

    CloseReason(By by) {
        this.by = by;
    }

    public By by() {
        return by;
    }

    /** Kebab-case, as in events. */
    public String wireName() {
        return WireNames.kebab(name());
    }

    /** Who ends a session. */
    public enum By {
        DEVICE,
        GATEWAY,
        NETWORK
    }
}
