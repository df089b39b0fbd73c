package io.fieldloop.server.voice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends the packets of one turn of the loop together.
 *
 * <p>Packets of one size in a row for one device go to the kernel as one and are cut apart below it (udp(7), UDP_SEGMENT), since most of what
 * a packet costs is its way through the kernel. Where the route or the system cannot do that, each goes alone.
 */
final class VoiceSender {
    /** What Linux cuts apart at once (UDP_MAX_SEGMENTS before 6.9). */
    private static final int SEGMENTS_MAX = 64;

    /** A segment that does not fit into the path's MTU is refused, where a datagram would be fragmented. */
    private static final int SEGMENT_BYTES_MAX = 1200;

    private static final int RUN_BYTES_MAX = 32_000;

    private final Channel channel;
    private boolean segments;
    private @Nullable ByteBuf run;
    private @Nullable InetSocketAddress to;
    private int packetBytes;

    VoiceSender(Channel channel) {
        this.channel = channel;
        this.segments =
                channel instanceof EpollDatagramChannel && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    /** Where a packet with this much audio for this device is to be written to, in whole and at once. */
    ByteBuf roomFor(int audioBytes, InetSocketAddress device) {
        int bytes = VoicePacket.HEADER_BYTES + audioBytes;
        ByteBuf open = run;
        if (open != null && goesOn(open, bytes, device)) {
            return open;
        }
        write();
        ByteBuf begun = channel.alloc().ioBuffer(bytes);
        run = begun;
        to = device;
        packetBytes = bytes;
        return begun;
    }

    void flush() {
        write();
        channel.flush();
    }

    private boolean goesOn(ByteBuf open, int bytes, InetSocketAddress device) {
        return segments
                && bytes == packetBytes
                && bytes <= SEGMENT_BYTES_MAX
                && open.readableBytes() + bytes <= Math.min(RUN_BYTES_MAX, SEGMENTS_MAX * bytes)
                && device.equals(to);
    }

    private void write() {
        ByteBuf whole = run;
        run = null;
        if (whole == null) {
            return;
        }
        if (whole.readableBytes() > packetBytes) {
            ChannelFuture written = channel.write(new SegmentedDatagramPacket(whole, packetBytes, to));
            written.addListener(done -> segments &= done.isSuccess());
        } else {
            channel.write(new DatagramPacket(whole, to));
        }
    }
}
