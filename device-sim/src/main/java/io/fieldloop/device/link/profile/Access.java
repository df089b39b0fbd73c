package io.fieldloop.device.link.profile;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * What the access network does besides carrying packets: packets above the MTU, name queries, ARP.
 *
 * @param oversize what becomes of a packet larger than the link's MTU
 * @param names what becomes of DNS queries
 * @param arp what becomes of ARP requests
 * @param ip which IP versions the device has an address for; stock xiaozhi firmware never asks for an IPv6 one
 */
public record Access(Oversize oversize, Names names, Arp arp, Udp udp, Ip ip) {
    public static final Access NONE = new Access(Oversize.CLAMPED, Names.ANSWERED, Arp.ANSWERED, Udp.PASSED, Ip.V4);

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

    /** What becomes of UDP datagrams, name queries apart; TCP passes whatever this says. */
    public enum Udp {
        PASSED,
        /** All vanish, as behind a firewall that lets out TCP only. */
        BLOCKED,
        /** Those of the device vanish. */
        UPSTREAM_BLOCKED,
        /** Those to the device vanish. */
        DOWNSTREAM_BLOCKED;

        /** Whether those of that direction vanish. */
        public boolean blocks(Direction direction) {
            return this == BLOCKED || this == (direction == Direction.UPSTREAM ? UPSTREAM_BLOCKED : DOWNSTREAM_BLOCKED);
        }
    }

    /** The IP versions that a network gives a device addresses for. */
    public enum Ip {
        V4,
        V6,
        BOTH;

        /** Whether a device here can send anything to that address. */
        public boolean carries(InetAddress address) {
            return this == BOTH || (this == V6) == (address instanceof Inet6Address);
        }
    }

    /** What becomes of ARP requests. */
    public enum Arp {
        ANSWERED,
        /** They vanish, and with them the way to anywhere. */
        SILENT
    }
}
