package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The addresses of one direction of a TCP connection, to make segments with that its other end takes as genuine. */
public final class TcpEnds {
    private static final int MAC_BYTES = 6;
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

    /** The other direction, with ports of its own. */
    public TcpEnds back(int otherSourcePort, int otherDestinationPort) {
        return new TcpEnds(this, otherSourcePort, otherDestinationPort);
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
