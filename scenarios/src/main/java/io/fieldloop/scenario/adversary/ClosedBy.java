package io.fieldloop.scenario.adversary;

/** Who ended a probe's connection. */
public enum ClosedBy {
    /** The gateway closed in order. */
    GATEWAY,
    /** The gateway aborted, or the operating system did because the gateway closed with bytes unread. */
    GATEWAY_RESET,
    /** The probe, as its steps say. */
    PROBE,
    /** The probe, because the gateway did not close in time. */
    DEADLINE,
    /** The attack was stopped. */
    STOP
}
