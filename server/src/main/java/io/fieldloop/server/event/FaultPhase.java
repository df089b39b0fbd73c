package io.fieldloop.server.event;

/** The moment of a connection at which a fault acts. */
public enum FaultPhase {
    ACCEPT,
    TLS,
    UPGRADE_RESPONSE,
    CONNACK,
    HELLO,
    SESSION,
    OTA;
}
