package io.fieldloop.device.link.profile;

/**
 * What the access network does besides carrying packets: packets above the MTU, name queries, ARP.
 *
 * @param oversize what becomes of a packet larger than the link's MTU
 * @param names what becomes of DNS queries
 * @param arp what becomes of ARP requests
 */
public record Access(Oversize oversize, Names names, Arp arp) {
    public static final Access NONE = new Access(Oversize.CLAMPED, Names.ANSWERED, Arp.ANSWERED);

    /** What becomes of a packet larger than the link's MTU. */
    public enum Oversize {
        /** The operator clamps the segment size that both ends announce (RFC 879), so none is sent. */
        CLAMPED,
        /** It vanishes and nobody is told (RFC 2923 section 2.1): small packets pass, full ones never do. */
        LOST
    }

    /** What becomes of DNS queries. */
    public enum Names {
        ANSWERED,
        /** They vanish. */
        SILENT,
        /** The resolver answers that it failed (RFC 1035 section 4.1.1, SERVFAIL). */
        FAILING
    }

    /** What becomes of ARP requests. */
    public enum Arp {
        ANSWERED,
        /** They vanish, and with them the way to anywhere. */
        SILENT
    }
}
