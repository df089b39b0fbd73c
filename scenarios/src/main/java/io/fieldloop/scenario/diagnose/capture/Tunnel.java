package io.fieldloop.scenario.diagnose.capture;

/**
 * Finds the packet inside a packet.
 *
 * <p>Mirrors of clouds and cores of carriers have what a device sent in IP in IP, GRE (RFC 2784, 2890), ERSPAN, VXLAN (RFC 7348) or GTP-U
 * (3GPP TS 29.281).
 */
final class Tunnel {
    private static final int IPV4_IN_IP = 4;
    private static final int UDP = 17;
    private static final int IPV6_IN_IP = 41;
    private static final int GRE = 47;

    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_KEY = 0x2000;
    private static final int GRE_SEQUENCE = 0x1000;
    private static final int GRE_VERSION = 0x0007;
    private static final int ETHERNET = 0x6558;
    private static final int ERSPAN = 0x88BE;
    private static final int ETHERTYPE_AT = 12;

    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_HAS_ID = 0x08;
    private static final int GTP_PORT = 2152;
    private static final int GTP_V1 = 0x30;
    private static final int GTP_PACKET = 255;
    private static final int GTP_EXTENDED = 0x04;

    private static final int NONE = -1;

    private Tunnel() {}

    /** Where the inner IP header is, of what stands at {@code at}; -1 where there is none. */
    static int inside(byte[] bytes, int protocol, int at, int end) {
        return switch (protocol) {
            case IPV4_IN_IP, IPV6_IN_IP -> at;
            case GRE -> gre(bytes, at, end);
            case UDP -> end - at < 16 ? NONE : udp(bytes, at, end);
            default -> NONE;
        };
    }

    private static int gre(byte[] bytes, int at, int end) {
        if (end - at < 4) {
            return NONE;
        }
        int flags = Octets.u16(bytes, at);
        int type = Octets.u16(bytes, at + 2);
        int sequence = (flags & GRE_SEQUENCE) == 0 ? 0 : 4;
        int inner = at + 4 + ((flags & GRE_CHECKSUM) == 0 ? 0 : 4) + ((flags & GRE_KEY) == 0 ? 0 : 4) + sequence;
        if ((flags & GRE_VERSION) != 0) {
            return NONE; // PPTP
        }
        return switch (type) {
            case ETHERNET -> LinkLayer.behindEthertype(bytes, inner + ETHERTYPE_AT, end);
            case ERSPAN -> LinkLayer.behindEthertype(bytes, inner + (sequence == 0 ? 0 : 8) + ETHERTYPE_AT, end);
            default -> LinkLayer.isIp(type) ? inner : NONE;
        };
    }

    private static int udp(byte[] bytes, int at, int end) {
        int port = Octets.u16(bytes, at + 2);
        int header = at + 8;
        if (port == VXLAN_PORT && Octets.i32(bytes, header) == VXLAN_HAS_ID << 24) {
            return LinkLayer.behindEthertype(bytes, header + 8 + ETHERTYPE_AT, end);
        }
        int flags = Octets.u8(bytes, header);
        return port == GTP_PORT && (flags & 0xF0) == GTP_V1 && Octets.u8(bytes, header + 1) == GTP_PACKET
                ? gtp(bytes, header, flags, end)
                : NONE;
    }

    private static int gtp(byte[] bytes, int header, int flags, int end) {
        if ((flags & 0x07) == 0) {
            return header + 8;
        }
        int inner = header + 12;
        boolean extended = (flags & GTP_EXTENDED) != 0;
        while (extended && inner < end && Octets.u8(bytes, inner - 1) != 0) {
            int length = Octets.u8(bytes, inner) * 4;
            if (length == 0) {
                return NONE;
            }
            inner += length;
        }
        return inner;
    }
}
