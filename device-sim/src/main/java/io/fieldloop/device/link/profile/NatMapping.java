package io.fieldloop.device.link.profile;

import java.time.Duration;

/** How long the operator's NAT remembers an idle connection, and what it does to the next packet; zero is for ever. */
public record NatMapping(Duration tcpIdleMax, Duration udpIdleMax, Expiry expiry) {
    public static final NatMapping NONE = new NatMapping(Duration.ZERO, Duration.ZERO, Expiry.SILENT);

    /** What the NAT does to a packet it no longer has a mapping for. */
    public enum Expiry {
        /** Swallows it, and all that follow. */
        SILENT,
        /** Answers it with a TCP reset; the far end learns nothing. */
        RESET
    }
}
