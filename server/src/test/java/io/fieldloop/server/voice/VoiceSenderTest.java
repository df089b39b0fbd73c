package io.fieldloop.server.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device's own socket receives, and in how many pieces it went to the kernel. */
final class VoiceSenderTest {
    private final List<Integer> bytesWritten = new ArrayList<>();
    private MultiThreadIoEventLoopGroup group;
    private Channel channel;
    private VoiceSender sender;
    private DatagramSocket device;
    private DatagramSocket other;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Epoll.isAvailable() && EpollDatagramChannel.isSegmentedDatagramPacketSupported(), "Linux 4.18");
        device = socket();
        other = socket();
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        channel = new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .handler(new Written())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        sender = new VoiceSender(channel);
    }

    @AfterEach
    void close() throws Exception {
        if (group != null) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
            device.close();
            other.close();
        }
    }

    @Test
    void packetsOfOneSizeForOneDeviceGoTogetherAndArriveOneByOne() throws Exception {
        inOneTurn(() -> IntStream.range(0, 3).forEach(number -> send(device, 100, number)));
        assertThat(received(device, 3)).containsExactly("116:0", "116:1", "116:2");
        assertThat(bytesWritten).containsExactly(3 * 116);
    }

    @Test
    void anotherSizeOrAnotherDeviceBeginsAnew() throws Exception {
        inOneTurn(() -> {
            send(device, 100, 0);
            send(device, 60, 1);
            send(other, 60, 2);
            send(device, 60, 3);
        });
        assertThat(received(device, 3)).containsExactly("116:0", "76:1", "76:3");
        assertThat(received(other, 1)).containsExactly("76:2");
        assertThat(bytesWritten).containsExactly(116, 76, 76, 76);
    }

    @Test
    void noMoreGoTogetherThanTheKernelCutsApart() throws Exception {
        inOneTurn(() -> IntStream.range(0, 65).forEach(number -> send(device, 40, number)));
        assertThat(received(device, 65)).hasSize(65).last().isEqualTo("56:64");
        assertThat(bytesWritten).containsExactly(64 * 56, 56);
    }

    @Test
    void whatMayNotFitIntoThePathGoesAlone() throws Exception {
        inOneTurn(() -> IntStream.range(0, 2).forEach(number -> send(device, 1400, number)));
        assertThat(received(device, 2)).containsExactly("1416:0", "1416:1");
        assertThat(bytesWritten).containsExactly(1416, 1416);
    }

    @Test
    void onceTheRouteRefusesThemEachGoesAlone() throws Exception {
        channel.pipeline().addFirst(new RefusingTogether());
        inOneTurn(() -> IntStream.range(0, 2).forEach(number -> send(device, 100, number)));
        inOneTurn(() -> IntStream.range(2, 4).forEach(number -> send(device, 100, number)));
        assertThat(received(device, 2)).containsExactly("116:2", "116:3");
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private void inOneTurn(Runnable sends) throws Exception {
        channel.eventLoop()
                .submit(() -> {
                    sends.run();
                    sender.flush();
                })
                .sync();
    }

    private void send(DatagramSocket to, int audioBytes, int number) {
        sender.roomFor(audioBytes, (InetSocketAddress) to.getLocalSocketAddress())
                .writeZero(VoicePacket.HEADER_BYTES + audioBytes - 1)
                .writeByte(number);
    }

    private static List<String> received(DatagramSocket socket, int count) throws IOException {
        List<String> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            packets.add(packet.getLength() + ":" + packet.getData()[packet.getLength() - 1]);
        }
        return packets;
    }

    private final class Written extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            bytesWritten.add(((DatagramPacket) message).content().readableBytes());
            ctx.write(message, promise);
        }
    }

    /** As a route whose device cannot make checksums (EIO). */
    private static final class RefusingTogether extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof io.netty.channel.unix.SegmentedDatagramPacket together) {
                together.release();
                promise.setFailure(new IOException("sendmmsg(..) failed: Input/output error"));
            } else {
                ctx.write(message, promise);
            }
        }
    }
}
