package io.fieldloop.qemu.link;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The datagram link: payloads go in and come out of a connected channel. */
final class DatagramLinkContractTest extends DatagramContract {

    @Override
    LinkSubject open() {
        return new Datagrams();
    }

    private static final class Datagrams implements LinkSubject {
        private static final InetSocketAddress GATEWAY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8884);

        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final List<LinkEvent> events = new ArrayList<>();
        private final List<String> gateway = new ArrayList<>();
        private final List<String> device = new ArrayList<>();
        private final Link link;
        private final long openedNanos;

        Datagrams() {
            channel.freezeTime();
            link = new Link(LinkProfile.NONE, 7, channel.eventLoop(), events::add);
            openedNanos = channel.eventLoop().ticker().nanoTime();
            channel.pipeline().addLast(link.newDatagramSocket(remapped -> {}), new Device());
        }

        private void note(List<String> side, ByteBuf payload) {
            long nanos = channel.eventLoop().ticker().nanoTime() - openedNanos;
            side.add(TimeUnit.NANOSECONDS.toMillis(nanos) + " " + payload.toString(StandardCharsets.US_ASCII));
            payload.release();
        }

        private void settle() {
            channel.runPendingTasks();
            for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
                note(gateway, next);
            }
        }

        @Override
        public void deviceSays(String text) {
            channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
            settle();
        }

        @Override
        public void gatewaySays(String text) {
            ByteBuf payload = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
            channel.pipeline().fireChannelRead(new DatagramPacket(payload, GATEWAY, GATEWAY));
            settle();
        }

        @Override
        public void until(long millis) {
            long nanos = openedNanos + TimeUnit.MILLISECONDS.toNanos(millis);
            while (channel.eventLoop().ticker().nanoTime() < nanos) {
                channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
                settle();
            }
        }

        @Override
        public List<String> atGateway() {
            return gateway;
        }

        @Override
        public List<String> atDevice() {
            return device;
        }

        @Override
        public List<LinkEvent> events() {
            return events;
        }

        @Override
        public void change(LinkProfile profile) {
            link.change(profile);
        }

        @Override
        public void outage(Duration lasting, Outage.How how) {
            link.outage(lasting, how);
        }

        @Override
        public void blackhole(Duration lasting) {
            link.blackhole(lasting);
        }

        @Override
        public void resetAll() {
            link.resetAll();
        }

        @Override
        public void natRebind() {
            link.natRebind();
        }

        @Override
        public void close() {
            link.close();
            settle();
        }

        private final class Device extends ChannelInboundHandlerAdapter {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                note(device, (ByteBuf) message);
            }
        }
    }
}
