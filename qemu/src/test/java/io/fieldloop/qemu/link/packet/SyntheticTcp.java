package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the packets of a TCP connection to port 443 out of what was said over another. */
public final class SyntheticTcp {
    private final List<ByteBuffer> packets = new ArrayList<>();
    private final TcpEnds up;
    private final TcpEnds down;
    private int upNext = 1001;
    private int downNext = 5001;

    public SyntheticTcp() {
        ByteBuf like = Unpooled.buffer(54).writeZero(54);
        like.setShort(12, 0x0800).setByte(14, 0x45).setShort(16, 40).setByte(23, 6);
        like.setInt(26, 0x0a00020f).setInt(30, 0x0a000202).setByte(46, 5 << 4);
        up = TcpEnds.like(Frame.of(like), 50_000, 443);
        down = up.back(443, 50_000);
        add(up.frame(TcpSegment.SYN, 1000, 0));
        add(down.frame(TcpSegment.SYN | TcpSegment.ACK, 5000, 1001));
        add(up.frame(TcpSegment.ACK, 1001, 5001));
    }

    public synchronized void said(boolean upstream, byte[] bytes, int length) {
        byte[] payload = Arrays.copyOf(bytes, length);
        if (upstream) {
            add(up.frame(TcpSegment.ACK | TcpSegment.PSH, upNext, downNext, payload));
            upNext += length;
        } else {
            add(down.frame(TcpSegment.ACK | TcpSegment.PSH, downNext, upNext, payload));
            downNext += length;
        }
    }

    public synchronized List<ByteBuffer> all() {
        return List.copyOf(packets);
    }

    private void add(ByteBuf frame) {
        ByteBuffer copy = ByteBuffer.allocate(frame.readableBytes());
        frame.readBytes(copy);
        frame.release();
        packets.add(copy.flip());
    }
}
