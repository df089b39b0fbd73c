package io.fieldloop.scenario.adversary;

/** Who ended a probe's connection. */
public enum ClosedBy {
    /** The gateway closed in order. */
    GATEWAY("gateway"),
    /** The gateway aborted, or the operating system did because the gateway closed with bytes unread. */
    GATEWAY_RESET("gateway-reset"),
    /** The probe, as its steps say. */
    PROBE("probe"),
    /** The probe, because the gateway did not close in time. */
    DEADLINE("deadline"),
    /** The attack was stopped. */
    STOP("stop");

    private final String wireName;

    ClosedBy(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
