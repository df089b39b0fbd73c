package io.fieldloop.scenario.diagnose.capture;

/** Finds the IP header behind the headers of the link, of those links on which devices and servers are captured. */
final class LinkLayer {
    private static final int NOT_IP = -1;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86DD;
    private static final int ETHERTYPE_PPPOE = 0x8864;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int ARP_BYTES = 28;

    /** Hardware of Ethernet, addresses of IPv4. */
    private static final int ARP_ETHERNET_IPV4 = 0x0001_0800;

    private static final int PPP_ADDRESS_CONTROL = 0xFF03;

    private static final int WIFI_HEADER_BYTES = 24;
    private static final int SNAP = 0xAAAA;

    private LinkLayer() {}

    /** Where the packet's IP header is, or -1. */
    static int networkLayer(Packet packet) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        int end = at + packet.captured();
        return switch (packet.from().linkType()) {
            // BSD loopback: four bytes of address family in the order of the machine, all of which are IP here.
            case 0, 108 -> end - at > 4 ? at + 4 : NOT_IP;
            case 1 -> end - at > 14 ? behindEthertype(bytes, at + 12, end) : NOT_IP;
            case 9, 50 -> behindPpp(bytes, at, end);
            case 12, 14, 101, 228, 229 -> at;
            case 105 -> behindWiFi(bytes, at, end);
            // radiotap: its length, little-endian, stands in it
            case 127 ->
                end - at > 4
                        ? behindWiFi(bytes, at + Octets.u8(bytes, at + 2) + Octets.u8(bytes, at + 3) * 256, end)
                        : NOT_IP;
            // PPP behind a byte that tells who sent
            case 166, 204 -> behindPpp(bytes, at + 1, end);
            case 113 -> end - at > 16 ? behindEthertype(bytes, at + 14, end) : NOT_IP;
            case 276 -> end - at > 20 ? cooked2(bytes, at) : NOT_IP;
            default -> NOT_IP;
        };
    }

    /** What tells interfaces, and directions through one, apart, as far as the link layer's header does. */
    static int place(Packet packet) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        int within = switch (packet.from().linkType()) {
            case 113 -> packet.captured() > 2 ? Octets.u16(bytes, at) : 0;
            case 276 -> packet.captured() > 11 ? Octets.i32(bytes, at + 4) * 8 + Octets.u8(bytes, at + 10) : 0;
            default -> 0;
        };
        return packet.from().number() * 31 + within;
    }

    /** Where the packet's ARP message about IPv4 is, or -1. */
    static int addressResolution(Packet packet) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        int end = at + packet.captured();
        int linkType = packet.from().linkType();
        int typeAt = at + (linkType == 276 ? 0 : linkType == 113 ? 14 : 12);
        if (linkType != 1 && linkType != 113 && linkType != 276) {
            return NOT_IP;
        }
        while (linkType != 276 && typeAt + 4 <= end && isVlan(Octets.u16(bytes, typeAt))) {
            typeAt += 4;
        }
        int message = linkType == 276 ? at + 20 : typeAt + 2;
        boolean whole = message + ARP_BYTES <= end;
        return whole && Octets.u16(bytes, typeAt) == ETHERTYPE_ARP && Octets.i32(bytes, message) == ARP_ETHERNET_IPV4
                ? message
                : NOT_IP;
    }

    /** Linux cooked v2 has its type in front of its addresses. */
    private static int cooked2(byte[] bytes, int at) {
        return isIp(Octets.u16(bytes, at)) ? at + 20 : NOT_IP;
    }

    static int behindEthertype(byte[] bytes, int typeAt, int end) {
        int at = typeAt;
        while (at + 2 <= end) {
            int type = Octets.u16(bytes, at);
            if (isIp(type)) {
                return at + 2;
            } else if (type == ETHERTYPE_PPPOE) {
                return behindPpp(bytes, at + 8, end);
            } else if (!isVlan(type)) {
                return NOT_IP;
            }
            at += 4;
        }
        return NOT_IP;
    }

    /** IEEE 802.11 data that is not encrypted; its payload begins as LLC/SNAP. */
    private static int behindWiFi(byte[] bytes, int at, int end) {
        if (end - at < WIFI_HEADER_BYTES) {
            return NOT_IP;
        }
        int kind = Octets.u8(bytes, at);
        int flags = Octets.u8(bytes, at + 1);
        boolean data = (kind & 0x0C) == 0x08 && (kind & 0x40) == 0;
        boolean encrypted = (flags & 0x40) != 0;
        boolean fourAddresses = (flags & 0x03) == 0x03;
        boolean quality = (kind & 0x80) != 0;
        int llc = at + WIFI_HEADER_BYTES + (fourAddresses ? 6 : 0) + (quality ? 2 : 0);
        return data && !encrypted && llc + 8 < end && Octets.u16(bytes, llc) == SNAP
                ? behindEthertype(bytes, llc + 6, end)
                : NOT_IP;
    }

    private static int behindPpp(byte[] bytes, int at, int end) {
        if (end - at < 4) {
            return NOT_IP;
        }
        int protocolAt = Octets.u16(bytes, at) == PPP_ADDRESS_CONTROL ? at + 2 : at;
        int first = Octets.u8(bytes, protocolAt);
        // An odd first octet is the whole protocol field, compressed (RFC 1661 section 6.5).
        boolean compressed = (first & 1) != 0;
        int protocol = compressed ? first : Octets.u16(bytes, protocolAt);
        return protocol == PPP_IPV4 || protocol == PPP_IPV6 ? protocolAt + (compressed ? 1 : 2) : NOT_IP;
    }

    static boolean isIp(int type) {
        return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6;
    }

    private static boolean isVlan(int type) {
        return type == 0x8100 || type == 0x88A8 || type == 0x9100;
    }
}
