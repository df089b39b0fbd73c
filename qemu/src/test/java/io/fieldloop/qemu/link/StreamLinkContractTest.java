package io.fieldloop.qemu.link;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stream link: pieces of a stream go in and come out, and a loss is a delay. */
final class StreamLinkContractTest extends LinkContract {

    @Override
    LinkSubject open() {
        return new Stream();
    }

    /** The channel is the gateway's end; of how it was closed only the tap tells. */
    private static final class Stream implements LinkSubject, LinkTap {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final List<LinkEvent> events = new ArrayList<>();
        private final List<String> gateway = new ArrayList<>();
        private final List<String> device = new ArrayList<>();
        private final Link link;
        private final long openedNanos;

        Stream() {
            channel.freezeTime();
            link = new Link(LinkProfile.NONE, 7, channel.eventLoop(), events::add, this);
            openedNanos = channel.eventLoop().ticker().nanoTime();
            channel.pipeline().addLast(link.newConnection(), new Device());
            channel.runPendingTasks();
        }

        private String at() {
            return TimeUnit.NANOSECONDS.toMillis(channel.eventLoop().ticker().nanoTime() - openedNanos) + " ";
        }

        private void settle() {
            channel.runPendingTasks();
            for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
                next.release();
            }
        }

        @Override
        public void offered(long connection, Direction direction, Packet packet, @Nullable String fate) {}

        @Override
        public void delivered(long connection, Direction direction, Packet packet) {
            if (direction == Direction.UPSTREAM && packet instanceof Packet.Data data) {
                gateway.add(at() + data.bytes().toString(StandardCharsets.US_ASCII));
            } else if (direction == Direction.UPSTREAM && !(packet instanceof Packet.Syn)) {
                gateway.add(at() + (packet instanceof Packet.Rst ? "reset" : "fin"));
            }
        }

        @Override
        public void deviceSays(String text) {
            channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
            settle();
        }

        @Override
        public void gatewaySays(String text) {
            channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
            channel.pipeline().fireChannelReadComplete();
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
            private boolean reset;

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                device.add(at() + bytes.toString(StandardCharsets.US_ASCII));
                bytes.release();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                reset = true;
                device.add(at() + "reset");
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                if (!reset) {
                    device.add(at() + "fin");
                }
            }
        }
    }
}
