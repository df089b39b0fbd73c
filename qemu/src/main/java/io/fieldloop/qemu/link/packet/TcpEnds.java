package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The addresses of one direction of a TCP connection, to make segments with that its other end takes as genuine. */
public final class TcpEnds {
    private static final int MAC_BYTES = 6;
    private static final byte LOCAL_MAC = 2;
    private static final int TIME_TO_LIVE = 64;
    private static final int WINDOW_BYTES = 8192;
    private static final int IP = Frame.ETHERNET_BYTES;
    private static final int TCP = IP + Frame.IP_BYTES_MIN;
    private static final int PAYLOAD = TCP + Frame.TCP_BYTES_MIN;

    private final byte[] destinationMac = new byte[MAC_BYTES];
    private final byte[] sourceMac = new byte[MAC_BYTES];
    private final int source;
    private final int destination;
    private final int sourcePort;
    private final int destinationPort;

    private TcpEnds(Frame like, int sourcePort, int destinationPort) {
        like.bytes().getBytes(0, destinationMac).getBytes(MAC_BYTES, sourceMac);
        this.source = like.source();
        this.destination = like.destination();
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    private TcpEnds(int source, int sourcePort, int destination, int destinationPort) {
        // Locally administered addresses, 02:00 and the host's own.
        sourceMac[0] = LOCAL_MAC;
        destinationMac[0] = LOCAL_MAC;
        for (int octet = 0; octet < Integer.BYTES; octet++) {
            sourceMac[5 - octet] = (byte) (source >> (8 * octet));
            destinationMac[5 - octet] = (byte) (destination >> (8 * octet));
        }
        this.source = source;
        this.destination = destination;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    private TcpEnds(TcpEnds back, int sourcePort, int destinationPort) {
        System.arraycopy(back.destinationMac, 0, sourceMac, 0, MAC_BYTES);
        System.arraycopy(back.sourceMac, 0, destinationMac, 0, MAC_BYTES);
        this.source = back.destination;
        this.destination = back.source;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    /** From the sender of {@code like} to its receiver. */
    public static TcpEnds like(Frame like, int sourcePort, int destinationPort) {
        return new TcpEnds(like, sourcePort, destinationPort);
    }

    /** From one IPv4 address and port to another, where no frame is there to go by. */
    public static TcpEnds between(int source, int sourcePort, int destination, int destinationPort) {
        return new TcpEnds(source, sourcePort, destination, destinationPort);
    }

    /** The other direction, with ports of its own. */
    public TcpEnds back(int otherSourcePort, int otherDestinationPort) {
        return new TcpEnds(this, otherSourcePort, otherDestinationPort);
    }

    /** The other direction. */
    public TcpEnds back() {
        return back(destinationPort, sourcePort);
    }

    /** A frame with a UDP datagram instead, without a checksum (RFC 768), which IPv4 allows. */
    public ByteBuf datagram(byte... payload) {
        int total = Frame.IP_BYTES_MIN + Frame.UDP_BYTES + payload.length;
        ByteBuf frame = Unpooled.directBuffer(IP + total);
        frame.writeBytes(destinationMac).writeBytes(sourceMac).writeShort(Frame.TYPE_IPV4);
        frame.writeShort(0x4500).writeShort(total).writeInt(0);
        frame.writeByte(TIME_TO_LIVE).writeByte(Frame.PROTOCOL_UDP).writeShort(0);
        frame.writeInt(source).writeInt(destination);
        frame.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeShort(Frame.UDP_BYTES + payload.length)
                .writeShort(0);
        frame.setShort(IP + 10, InternetChecksum.of(frame, IP, Frame.IP_BYTES_MIN, 0));
        return frame.writeBytes(payload);
    }

    /** A frame with a segment; {@code flags} as in {@link TcpSegment}. */
    public ByteBuf frame(int flags, int sequence, int acknowledged, byte... payload) {
        ByteBuf frame = Unpooled.directBuffer(PAYLOAD + payload.length);
        frame.writeBytes(destinationMac).writeBytes(sourceMac).writeShort(Frame.TYPE_IPV4);
        // Version 4 with five words of header, no service class; total length, no identification, no fragments.
        frame.writeShort(0x4500).writeShort(PAYLOAD - IP + payload.length).writeInt(0);
        frame.writeByte(TIME_TO_LIVE).writeByte(Frame.PROTOCOL_TCP).writeShort(0);
        frame.writeInt(source).writeInt(destination);
        frame.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeInt(sequence)
                .writeInt(acknowledged);
        // Five words of header; window, checksum, no urgent data.
        frame.writeByte(5 << 4).writeByte(flags).writeShort(WINDOW_BYTES).writeInt(0);
        frame.writeBytes(payload);
        Headers.seal(frame, TCP, PAYLOAD + payload.length);
        return frame;
    }
}
