package io.fieldloop.device.link.profile;

/**
 * Scheduled loss of the carrier.
 *
 * @param losesMapping whether connections that lived through it are unknown to the operator's NAT afterwards
 */
public record Outage(Window window, How how, boolean losesMapping) {
    public static final Outage NONE = new Outage(Window.NEVER, How.SILENT, false);

    /** What a sender meets during an outage. */
    public enum How {
        /** Packets vanish; senders retransmit. */
        SILENT,
        /** Connects are refused, and packets of open connections are answered with a reset. */
        REFUSED
    }
}
