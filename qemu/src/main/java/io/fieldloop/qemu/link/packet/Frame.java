package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;

/**
 * An Ethernet frame and where the parts of its packet are. It looks into its buffer and owns nothing; what does not
 * parse as IPv4 is {@link Kind#OTHER}.
 */
public final class Frame {
    /** What a link tells apart. */
    public enum Kind {
        ARP,
        TCP,
        UDP,
        /** IPv4 without ports: other protocols, and all fragments but the first. */
        IPV4,
        OTHER
    }

    static final int ETHERNET_BYTES = 14;
    static final int TYPE_OFFSET = 12;
    static final int TYPE_IPV4 = 0x0800;
    static final int IP_BYTES_MIN = 20;
    static final int TCP_BYTES_MIN = 20;
    static final int UDP_BYTES = 8;
    private static final int UDP_CHECKSUM_OFFSET = 6;
    static final int PROTOCOL_TCP = 6;
    private static final int TYPE_ARP = 0x0806;
    static final int PROTOCOL_UDP = 17;
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
        int protocol = bytes.getUnsignedByte(ETHERNET_BYTES + 9);
        if (protocol == PROTOCOL_TCP && !isLaterFragment && transportBytes >= TCP_BYTES_MIN) {
            int headerBytes = (bytes.getUnsignedByte(transport + 12) >> 4) * 4;
            return headerBytes >= TCP_BYTES_MIN && headerBytes <= transportBytes ? Kind.TCP : Kind.IPV4;
        }
        return protocol == PROTOCOL_UDP && !isLaterFragment && transportBytes >= UDP_BYTES ? Kind.UDP : Kind.IPV4;
    }

    public ByteBuf bytes() {
        return bytes;
    }

    public Kind kind() {
        return kind;
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

    public int source() {
        return bytes.getInt(ETHERNET_BYTES + 12);
    }

    public int destination() {
        return bytes.getInt(ETHERNET_BYTES + 16);
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

    /** Whether it is a datagram of an application: no name query, no request for an address. */
    public boolean isPlainDatagram() {
        return kind == Kind.UDP && sourcePort() != NAMES && destinationPort() != NAMES && !isDhcp();
    }

    /** Leaves the datagram without a checksum, which receivers take for right (RFC 768); only of {@link Kind#UDP}. */
    public void clearDatagramChecksum() {
        bytes.setShort(transport + UDP_BYTES - 2, 0);
    }

    /** Changes the source port of a TCP segment or a datagram, and its checksum. */
    public void setSourcePort(int port) {
        setPort(transport, port);
    }

    /** Changes the destination port of a TCP segment or a datagram, and its checksum. */
    public void setDestinationPort(int port) {
        setPort(transport + 2, port);
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
        bytes.setShort(ETHERNET_BYTES + 2, end - ETHERNET_BYTES);
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
        piece.setShort(ETHERNET_BYTES + 2, payload + payloadBytes - ETHERNET_BYTES);
        TcpSegment.advance(piece, transport, from, isLast);
        Headers.seal(piece, transport, payload + payloadBytes);
        return of(piece);
    }

    private void setPort(int offset, int port) {
        if (kind == Kind.TCP) {
            TcpSegment.setWord(bytes, transport, offset, port);
            return;
        }
        int checksum = bytes.getUnsignedShort(transport + UDP_CHECKSUM_OFFSET);
        if (checksum != 0) { // a datagram may go without one
            int updated = InternetChecksum.updated(checksum, bytes.getUnsignedShort(offset), port);
            bytes.setShort(transport + UDP_CHECKSUM_OFFSET, updated == 0 ? 0xffff : updated);
        }
        bytes.setShort(offset, port);
    }

    private static boolean isDhcpPort(int port) {
        return port == DHCP_SERVER || port == DHCP_CLIENT;
    }
}
