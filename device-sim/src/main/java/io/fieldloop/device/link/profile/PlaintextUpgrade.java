package io.fieldloop.device.link.profile;

/** What the operator does to an unencrypted HTTP request that asks for an upgrade. */
public enum PlaintextUpgrade {
    ALLOWED,
    RESET,
    SWALLOWED,
    /** Answered with 403 by the operator; the gateway never sees the request. */
    FORBIDDEN
}
