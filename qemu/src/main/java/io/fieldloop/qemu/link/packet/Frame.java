package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;

/**
 * An Ethernet frame and where the parts of its packet are. It looks into its buffer and owns nothing; what does not
 * parse as IP is {@link Kind#OTHER}.
 */
public final class Frame {
    /** What a link tells apart. */
    public enum Kind {
        ARP,
        TCP,
        UDP,
        /** IP without ports: other protocols, and all fragments but the first. */
        IP,
        /** Anything else, and what IPv6 has in place of ARP (RFC 4861). */
        OTHER
    }

    static final int ETHERNET_BYTES = 14;
    static final int TYPE_OFFSET = 12;
    static final int TYPE_IPV4 = 0x0800;
    static final int TYPE_IPV6 = 0x86dd;
    static final int IP_BYTES_MIN = 20;
    static final int IPV6_BYTES = 40;
    static final int TCP_BYTES_MIN = 20;
    static final int UDP_BYTES = 8;
    static final int UDP_CHECKSUM_OFFSET = 6;
    static final int PROTOCOL_TCP = 6;
    private static final int TYPE_ARP = 0x0806;
    static final int PROTOCOL_UDP = 17;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int ICMP_BYTES = 8;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int REDIRECT = 137;
    private static final int ARP_REQUEST = 1;
    private static final int NAMES = 53;
    private static final int DHCP_SERVER = 67;
    private static final int DHCP_CLIENT = 68;

    private final ByteBuf bytes;
    private final Kind kind;
    private final int transport;
    private final int ipBytes;

    private Frame(ByteBuf bytes, Kind kind, int transport, int ipBytes) {
        this.bytes = bytes;
        this.kind = kind;
        this.transport = transport;
        this.ipBytes = ipBytes;
    }

    public static Frame of(ByteBuf bytes) {
        if (bytes.readerIndex() != 0) {
            throw new IllegalArgumentException("A frame starts at the first byte of its buffer.");
        }
        int length = bytes.readableBytes();
        int type = length < ETHERNET_BYTES ? 0 : bytes.getUnsignedShort(TYPE_OFFSET);
        if (type == TYPE_ARP && length >= ETHERNET_BYTES + 28) {
            return new Frame(bytes, Kind.ARP, 0, 0);
        }
        if (type == TYPE_IPV6) {
            return ofIpv6(bytes, length);
        }
        if (type != TYPE_IPV4 || length < ETHERNET_BYTES + IP_BYTES_MIN || bytes.getByte(ETHERNET_BYTES) >> 4 != 4) {
            return new Frame(bytes, Kind.OTHER, 0, 0);
        }
        int transport = ETHERNET_BYTES + (bytes.getByte(ETHERNET_BYTES) & 15) * 4;
        int ipBytes = bytes.getUnsignedShort(ETHERNET_BYTES + 2);
        int transportBytes = ETHERNET_BYTES + ipBytes - transport;
        boolean whole = ETHERNET_BYTES + ipBytes <= length && transport >= ETHERNET_BYTES + IP_BYTES_MIN;
        return new Frame(bytes, whole ? ipKind(bytes, transport, transportBytes) : Kind.OTHER, transport, ipBytes);
    }

    private static Kind ipKind(ByteBuf bytes, int transport, int transportBytes) {
        boolean isLaterFragment = (bytes.getUnsignedShort(ETHERNET_BYTES + 6) & 0x1fff) != 0;
        return isLaterFragment
                ? Kind.IP
                : kindOf(bytes.getUnsignedByte(ETHERNET_BYTES + 9), bytes, transport, transportBytes);
    }

    private static Kind kindOf(int protocol, ByteBuf bytes, int transport, int transportBytes) {
        if (protocol == PROTOCOL_TCP && transportBytes >= TCP_BYTES_MIN) {
            int headerBytes = (bytes.getUnsignedByte(transport + 12) >> 4) * 4;
            return headerBytes >= TCP_BYTES_MIN && headerBytes <= transportBytes ? Kind.TCP : Kind.IP;
        }
        return protocol == PROTOCOL_UDP && transportBytes >= UDP_BYTES ? Kind.UDP : Kind.IP;
    }

    /** Packets with extension headers count as without ports; only multicast listeners' reports have one on a device's link. */
    private static Frame ofIpv6(ByteBuf bytes, int length) {
        int transport = ETHERNET_BYTES + IPV6_BYTES;
        int transportBytes = length < transport ? 0 : bytes.getUnsignedShort(ETHERNET_BYTES + 4);
        if (length < transport
                || bytes.getUnsignedByte(ETHERNET_BYTES) >> 4 != 6
                || transport + transportBytes > length) {
            return new Frame(bytes, Kind.OTHER, 0, 0);
        }
        int protocol = bytes.getUnsignedByte(ETHERNET_BYTES + 6);
        int type = transportBytes == 0 ? 0 : bytes.getUnsignedByte(transport);
        boolean isNeighbors = (protocol == PROTOCOL_ICMPV6 && type >= ROUTER_SOLICITATION && type <= REDIRECT)
                || protocol == HOP_BY_HOP;
        Kind kind = isNeighbors ? Kind.OTHER : kindOf(protocol, bytes, transport, transportBytes);
        return new Frame(bytes, kind, transport, IPV6_BYTES + transportBytes);
    }

    public ByteBuf bytes() {
        return bytes;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is of IPv6, whole or not. */
    public boolean isIpv6() {
        return bytes.readableBytes() >= ETHERNET_BYTES && bytes.getUnsignedShort(TYPE_OFFSET) == TYPE_IPV6;
    }

    /** Whether it asks who has an address. */
    public boolean isArpRequest() {
        return kind == Kind.ARP && bytes.getUnsignedShort(ETHERNET_BYTES + 6) == ARP_REQUEST;
    }

    /** Whether it belongs to getting an address (RFC 2131 section 4.1). */
    public boolean isDhcp() {
        return kind == Kind.UDP && (isDhcpPort(sourcePort()) && isDhcpPort(destinationPort()));
    }

    /** The size of the IP packet: no Ethernet header, no padding. */
    public int ipBytes() {
        return ipBytes;
    }

    public IpAddress source() {
        return IpAddress.at(bytes, addresses(), isIpv6());
    }

    public IpAddress destination() {
        return IpAddress.at(bytes, addresses() + addressBytes(), isIpv6());
    }

    private int addresses() {
        return ETHERNET_BYTES + (isIpv6() ? 8 : 12);
    }

    private int addressBytes() {
        return isIpv6() ? 16 : 4;
    }

    public int sourcePort() {
        return bytes.getUnsignedShort(transport);
    }

    public int destinationPort() {
        return bytes.getUnsignedShort(transport + 2);
    }

    /** The TCP segment in it; only of {@link Kind#TCP}. */
    public TcpSegment segment() {
        return new TcpSegment(bytes, transport, ETHERNET_BYTES + ipBytes);
    }

    /** The bytes behind the UDP header; only of {@link Kind#UDP}. */
    public ByteBuf datagram() {
        return bytes.slice(transport + UDP_BYTES, ETHERNET_BYTES + ipBytes - transport - UDP_BYTES);
    }

    /** Whether it is an ICMP port unreachable about a name server's answer (RFC 792, RFC 4443): nobody waits for that any more. */
    public boolean refusesNameAnswer() {
        int quoted = transport + ICMP_BYTES;
        int headerBytes = isIpv6() ? IPV6_BYTES : IP_BYTES_MIN;
        if (kind != Kind.IP || ETHERNET_BYTES + ipBytes < quoted + headerBytes + UDP_BYTES) {
            return false;
        }
        int protocol = ETHERNET_BYTES + (isIpv6() ? 6 : 9);
        int portUnreachable = isIpv6() ? 0x0104 : 0x0303;
        return bytes.getUnsignedByte(protocol) == (isIpv6() ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP)
                && bytes.getUnsignedShort(transport) == portUnreachable
                && bytes.getUnsignedByte(protocol + quoted - ETHERNET_BYTES) == PROTOCOL_UDP
                && bytes.getUnsignedShort(quoted + headerBytes) == NAMES;
    }

    /** Whether it is a datagram of an application: no name query, no request for an address. */
    public boolean isPlainDatagram() {
        return kind == Kind.UDP && sourcePort() != NAMES && destinationPort() != NAMES && !isDhcp();
    }

    /** Leaves the datagram without a checksum, which receivers take for right (RFC 768); only of {@link Kind#UDP}. */
    public void clearDatagramChecksum() {
        bytes.setShort(transport + UDP_BYTES - 2, 0);
    }

    /** Changes where a TCP segment or a datagram comes from, and the checksums; the address is of the same version. */
    public void setSource(IpAddress address, int port) {
        setAddress(addresses(), address);
        setWord(transport, port);
    }

    /** Changes where a TCP segment or a datagram goes, and the checksums; the address is of the same version. */
    public void setDestination(IpAddress address, int port) {
        setAddress(addresses() + addressBytes(), address);
        setWord(transport + 2, port);
    }

    private void setAddress(int offset, IpAddress address) {
        byte[] octets = address.bytes();
        for (int at = 0; at < octets.length; at += 2) {
            int word = (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
            if (word == bytes.getUnsignedShort(offset + at)) {
                continue;
            }
            if (!isIpv6()) {
                int updated = InternetChecksum.updated(
                        bytes.getUnsignedShort(ETHERNET_BYTES + 10), bytes.getUnsignedShort(offset + at), word);
                bytes.setShort(ETHERNET_BYTES + 10, updated);
            }
            setWord(offset + at, word);
        }
    }

    /** Puts as many other bytes in place of the TCP segment's payload. */
    public void setPayload(byte... payload) {
        int at = segment().payloadOffset();
        bytes.setBytes(at, payload);
        Headers.seal(bytes, transport, at + payload.length);
    }

    /** Cuts the TCP segment's payload down to its first bytes. */
    public void truncatePayload(int payloadBytes) {
        int end = segment().payloadOffset() + payloadBytes;
        Headers.setLength(bytes, end);
        bytes.writerIndex(end);
        Headers.seal(bytes, transport, end);
    }

    /**
     * A frame of its own with some of the TCP segment's payload; what ends a segment (PSH, FIN) is only in the last one.
     *
     * @param from the first byte of the payload to take
     */
    public Frame piece(int from, int payloadBytes) {
        int payload = segment().payloadOffset();
        boolean isLast = from + payloadBytes == segment().payloadBytes();
        ByteBuf piece = bytes.alloc().buffer(payload + payloadBytes);
        piece.writeBytes(bytes, 0, payload).writeBytes(bytes, payload + from, payloadBytes);
        Headers.setLength(piece, payload + payloadBytes);
        TcpSegment.advance(piece, transport, from, isLast);
        Headers.seal(piece, transport, payload + payloadBytes);
        return of(piece);
    }

    /** Changes 16 bits that the transport's checksum covers, and that with them. */
    private void setWord(int offset, int word) {
        if (kind == Kind.TCP) {
            int summed = transport + TcpSegment.CHECKSUM_OFFSET;
            int before = bytes.getUnsignedShort(summed);
            bytes.setShort(summed, InternetChecksum.updated(before, bytes.getUnsignedShort(offset), word));
            bytes.setShort(offset, word);
            return;
        }
        int checksum = bytes.getUnsignedShort(transport + UDP_CHECKSUM_OFFSET);
        if (checksum != 0) { // a datagram may go without one
            int updated = InternetChecksum.updated(checksum, bytes.getUnsignedShort(offset), word);
            bytes.setShort(transport + UDP_CHECKSUM_OFFSET, updated == 0 ? 0xffff : updated);
        }
        bytes.setShort(offset, word);
    }

    private static boolean isDhcpPort(int port) {
        return port == DHCP_SERVER || port == DHCP_CLIENT;
    }
}
