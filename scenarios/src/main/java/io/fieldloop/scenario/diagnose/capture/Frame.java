package io.fieldloop.scenario.diagnose.capture;

import java.util.Arrays;

/**
 * What the headers of a packet say, down to TCP, UDP or ICMP; one object for all packets, as with {@link Packet}.
 *
 * <p>Checksums are not looked at: on the machine that captured, a network card fills them in later, and half of all captures would
 * seem broken.
 */
public final class Frame {
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMP = 1;
    public static final int ICMP_V6 = 58;

    private static final int TCP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int QUOTED_BYTES_MIN = 8;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int TUNNELS_MAX = 4;
    private static final int NOT_READ = -1;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1FFF;

    private byte[] bytes = {};
    private final Address source = new Address();
    private final Address destination = new Address();
    private int protocol;
    private int timeToLive;
    private int headerAt;
    private int identification;
    private boolean fragment;
    private int fragmentOffset;
    private boolean moreToCome;
    private int transport;
    private int transportBytes;
    private int transportBytesOnWire;

    /** Whether it is the beginning of a packet that an ICMP error is about, of which eight octets of TCP may be all (RFC 792). */
    private boolean quoted;

    /** Reads a packet's headers; false where it is none of IP, or its headers are not whole. */
    public boolean read(Packet packet) {
        quoted = false;
        bytes = packet.bytes();
        int end = packet.offset() + packet.captured();
        int at = LinkLayer.networkLayer(packet);
        if (at < 0 || at >= end) {
            return false;
        }
        int beyond = packet.original() - packet.captured();
        boolean whole = readIp(at, end, beyond);
        for (int deep = 0; deep < TUNNELS_MAX && transport >= 0 && !fragment; deep++) {
            int inner = Tunnel.inside(bytes, protocol, transport, transport + transportBytes);
            if (inner < 0 || inner >= end) {
                return whole;
            }
            whole = readIp(inner, end, beyond);
        }
        return whole;
    }

    private boolean readIp(int at, int end, int beyond) {
        transport = NOT_READ;
        int version = Octets.u8(bytes, at) >> 4;
        return version == 4 ? readV4(at, end, beyond) : version == 6 && readV6(at, end, beyond);
    }

    /** The header inside an ICMP error: that of the packet it is about. */
    public boolean readQuoted(Frame error, int headerBytes) {
        quoted = true;
        bytes = error.bytes;
        int at = error.transport + headerBytes;
        int end = error.transport + error.transportBytes;
        if (at >= end) {
            return false;
        }
        return readIp(at, end, 1 << 16);
    }

    private boolean readV4(int at, int end, int beyond) {
        int headerBytes = (Octets.u8(bytes, at) & 0x0F) * 4;
        if (end - at < headerBytes || headerBytes < IPV4_HEADER_BYTES) {
            return false;
        }
        int total = Octets.u16(bytes, at + 2);
        // A segment that the network card is still to cut has no length yet.
        int onWire = total == 0 ? end - at + beyond : total;
        int flags = Octets.u16(bytes, at + 6);
        headerAt = at;
        identification = Octets.u16(bytes, at + 4);
        moreToCome = (flags & MORE_FRAGMENTS) != 0;
        fragmentOffset = (flags & FRAGMENT_OFFSET) * 8;
        fragment = moreToCome || fragmentOffset != 0;
        timeToLive = Octets.u8(bytes, at + 8);
        protocol = Octets.u8(bytes, at + 9);
        source.v4(Octets.i32(bytes, at + 12));
        destination.v4(Octets.i32(bytes, at + 16));
        return transport(at + headerBytes, end, onWire - headerBytes);
    }

    private boolean readV6(int at, int end, int beyond) {
        if (end - at < IPV6_HEADER_BYTES) {
            return false;
        }
        int payload = Octets.u16(bytes, at + 4);
        int onWire = payload == 0 ? end - at - IPV6_HEADER_BYTES + beyond : payload;
        headerAt = at;
        identification = 0;
        fragment = false;
        timeToLive = Octets.u8(bytes, at + 7);
        source.v6(bytes, at + 8);
        destination.v6(bytes, at + 24);
        int next = Octets.u8(bytes, at + 6);
        int header = at + IPV6_HEADER_BYTES;
        // Hop-by-hop, routing, fragment and destination options stand before the transport header (RFC 8200 section
        // 4.1).
        while (next == 0 || next == 43 || next == 44 || next == 60) {
            if (end - header < 8) {
                return false;
            }
            int length = next == 44 ? 8 : (Octets.u8(bytes, header + 1) + 1) * 8;
            if (next == 44) {
                moreToCome = (Octets.u16(bytes, header + 2) & 1) != 0;
                fragmentOffset = Octets.u16(bytes, header + 2) & ~7;
                fragment = moreToCome || fragmentOffset != 0;
                identification = Octets.i32(bytes, header + 4);
            }
            next = Octets.u8(bytes, header);
            header += length;
            onWire -= length;
        }
        protocol = next;
        return transport(header, end, onWire);
    }

    private boolean transport(int at, int end, int onWire) {
        transport = at;
        transportBytesOnWire = onWire;
        transportBytes = Math.min(onWire, end - at);
        if (fragment && !quoted) {
            return transportBytes > 0;
        }
        return switch (protocol) {
            case TCP -> quoted ? transportBytes >= QUOTED_BYTES_MIN : isTcpHeaderThere();
            case UDP -> transportBytes >= UDP_HEADER_BYTES;
            case ICMP, ICMP_V6 -> transportBytes >= 8;
            default -> false;
        };
    }

    /** Of its options, which are not read, the snap length may have left some out. */
    private boolean isTcpHeaderThere() {
        return transportBytes >= TCP_HEADER_BYTES
                && tcpHeaderBytes() >= TCP_HEADER_BYTES
                && tcpHeaderBytes() <= transportBytesOnWire;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int protocol() {
        return protocol;
    }

    public Address source() {
        return source;
    }

    public Address destination() {
        return destination;
    }

    public int timeToLive() {
        return timeToLive;
    }

    /** Of IPv4, by which parts of one packet are known; 0 in IPv6, but for parts. */
    public int identification() {
        return identification;
    }

    /** Whether it is one of several parts: what stands behind the IP header is to be read when all have come. */
    public boolean isFragment() {
        return fragment;
    }

    boolean isV6() {
        return Octets.u8(bytes, headerAt) >> 4 == 6;
    }

    int headerAt() {
        return headerAt;
    }

    /** Where this part belongs, in bytes. */
    int fragmentOffset() {
        return fragmentOffset;
    }

    boolean isMoreToCome() {
        return moreToCome;
    }

    byte[] fragmentPayload() {
        return Arrays.copyOfRange(bytes, transport, transport + transportBytes);
    }

    public int sourcePort() {
        return Octets.u16(bytes, transport);
    }

    public int destinationPort() {
        return Octets.u16(bytes, transport + 2);
    }

    /** The port of a quoted header, of which only eight bytes need be there. */
    private int tcpHeaderBytes() {
        return (Octets.u8(bytes, transport + 12) >> 4) * 4;
    }

    public int payloadAt() {
        return transport + (protocol == TCP ? tcpHeaderBytes() : UDP_HEADER_BYTES);
    }

    /** Bytes of payload that are in the file. */
    public int payloadBytes() {
        return Math.max(0, transport + transportBytes - payloadAt());
    }

    /** Bytes of payload that were on the wire. */
    public int payloadBytesOnWire() {
        return Math.max(payloadBytes(), transport + transportBytesOnWire - payloadAt());
    }

    public int sequence() {
        return Octets.i32(bytes, transport + 4);
    }

    public int acknowledgement() {
        return Octets.i32(bytes, transport + 8);
    }

    public int flags() {
        return Octets.u8(bytes, transport + 13);
    }

    public int window() {
        return Octets.u16(bytes, transport + 14);
    }

    public int icmpType() {
        return Octets.u8(bytes, transport);
    }

    public int icmpCode() {
        return Octets.u8(bytes, transport + 1);
    }
}
