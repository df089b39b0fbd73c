package io.fieldloop.scenario.shape.annotation;

/** The ways a text, number or duration may be written that its Java type does not tell. */
public enum Syntax {
    /** Duration that may be negative. */
    OFFSET,
    /** Address or network, {@code 10.0.0.0/8}. */
    CIDR,
    /** Address in 127.0.0.0/8. */
    LOOPBACK_ADDRESS,
    /** Nominal address of the gateway, {@code wss://gateway.test/xiaozhi/v1/}. */
    WEBSOCKET_URL,
    /** {@code https://…}. */
    WEB_URL,
    /** Lower-case word of letters, digits and hyphens. */
    WORD,
    /** Name of a device or adversary; on a mapping, that of its keys. */
    NAME,
    /** Host name; on a mapping, that of its keys. */
    HOST,
    /** HTTP header name; on a mapping, that of its keys. */
    HEADER_NAME
}
