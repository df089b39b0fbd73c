package io.fieldloop.qemu.link;

import java.util.Locale;

/** Why a frame did not arrive. */
enum DropReason {
    LOSS,
    QUEUE_FULL,
    OUTAGE,
    OVERSIZE,
    NAT_EXPIRED,
    BLACKHOLE,
    RESET,
    UPGRADE_BLOCKED,
    CUT,
    DNS_SILENT,
    EGRESS_DENIED,
    ARP_SILENT;

    /** The word in journals and packet comments, such as {@code queue-full}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
