package io.fieldloop.server.event;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/** Why a session ended: the closed vocabulary of session-closed events. */
public enum CloseReason {
    /** The device sent a close frame. */
    DEVICE_CLOSED("device"),
    /** The device ended the connection without a close frame, as the firmware always does. */
    DEVICE_DROPPED("device"),
    /** The connection was reset or timed out. */
    CONNECTION_LOST("network"),
    IDLE("gateway"),
    KEEPALIVE_PING_TIMEOUT("gateway"),
    HELLO_TIMEOUT("gateway"),
    PROTOCOL_ERROR("gateway"),
    UNSUPPORTED_DATA("gateway"),
    INVALID_UTF8("gateway"),
    MESSAGE_TOO_BIG("gateway"),
    AUTHENTICATION_FAILED("gateway"),
    DEVICE_ID_MISSING("gateway"),
    INTERNAL_ERROR("gateway"),
    GATEWAY_STOPPED("gateway"),
    FAULT("gateway");

    private final String by;

    CloseReason(String by) {
        this.by = by;
    }

    /** The reason that goes with what a decoder found wrong. */
    public static CloseReason of(WebSocketCloseStatus status) {
        if (status.code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
            return MESSAGE_TOO_BIG;
        }
        return status.code() == WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code() ? INVALID_UTF8 : PROTOCOL_ERROR;
    }

    /** {@code device}, {@code gateway} or {@code network}. */
    public String by() {
        return by;
    }

    /** Kebab-case, as in events. */
    public String wireName() {
        return WireNames.kebab(name());
    }
}
