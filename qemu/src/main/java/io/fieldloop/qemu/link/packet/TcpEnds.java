package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The addresses of one direction of a TCP connection, to make segments with that its other end takes as genuine. */
public final class TcpEnds {
    private static final int MAC_BYTES = 6;
    private static final byte LOCAL_MAC = 2;
    private static final int WINDOW_BYTES = 8192;

    private final byte[] destinationMac = new byte[MAC_BYTES];
    private final byte[] sourceMac = new byte[MAC_BYTES];
    private final IpAddress source;
    private final IpAddress destination;
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
        this.source = IpAddress.v4(source);
        this.destination = IpAddress.v4(destination);
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    private TcpEnds(TcpEnds way, IpAddress destination, int destinationPort) {
        System.arraycopy(way.sourceMac, 0, sourceMac, 0, MAC_BYTES);
        System.arraycopy(way.destinationMac, 0, destinationMac, 0, MAC_BYTES);
        this.source = way.source;
        this.destination = destination;
        this.sourcePort = way.sourcePort;
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

    /** The same source and another destination behind the same router. */
    public TcpEnds to(IpAddress otherDestination, int otherPort) {
        return new TcpEnds(this, otherDestination, otherPort);
    }

    /** A frame with a UDP datagram instead. */
    public ByteBuf datagram(byte... payload) {
        ByteBuf frame = packet(Frame.PROTOCOL_UDP);
        int udp = frame.writerIndex();
        frame.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeShort(Frame.UDP_BYTES + payload.length)
                .writeShort(0);
        frame.writeBytes(payload);
        Headers.setLength(frame, frame.writerIndex());
        Headers.sealDatagram(frame, udp, frame.writerIndex());
        return frame;
    }

    /** A frame with a segment; {@code flags} as in {@link TcpSegment}. */
    public ByteBuf frame(int flags, int sequence, int acknowledged, byte... payload) {
        ByteBuf frame = packet(Frame.PROTOCOL_TCP);
        int tcp = frame.writerIndex();
        frame.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeInt(sequence)
                .writeInt(acknowledged);
        // Five words of header; window, checksum, no urgent data.
        frame.writeByte(5 << 4).writeByte(flags).writeShort(WINDOW_BYTES).writeInt(0);
        frame.writeBytes(payload);
        Headers.setLength(frame, frame.writerIndex());
        Headers.seal(frame, tcp, frame.writerIndex());
        return frame;
    }

    private ByteBuf packet(int protocol) {
        ByteBuf frame = Unpooled.directBuffer();
        frame.writeBytes(destinationMac).writeBytes(sourceMac);
        Headers.write(frame, source, destination, protocol);
        return frame;
    }
}
