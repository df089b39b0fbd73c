package io.fieldloop.device.link.event;

import java.util.Locale;

/** Why a packet did not arrive. */
public enum DropReason {
    LOSS,
    QUEUE_FULL,
    OUTAGE,
    OVERSIZE,
    NAT_EXPIRED,
    BLACKHOLE,
    UDP_BLOCKED,
    RESET,
    UPGRADE_BLOCKED,
    CUT,
    DNS_SILENT,
    EGRESS_DENIED,
    NAME_ANSWER_REFUSED,
    ARP_SILENT;

    /** The word in journals and packet comments, such as {@code queue-full}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
