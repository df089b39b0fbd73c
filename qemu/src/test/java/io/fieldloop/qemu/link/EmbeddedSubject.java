package io.fieldloop.qemu.link;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A link of device-sim in a channel: what leaves the channel is the gateway's. */
abstract class EmbeddedSubject extends ChannelInboundHandlerAdapter implements LinkSubject {
    final EmbeddedChannel channel = new EmbeddedChannel();
    final List<String> gateway = new ArrayList<>();
    final List<String> device = new ArrayList<>();
    final Link link;
    private final List<LinkEvent> events = new ArrayList<>();
    private final long openedNanos;

    EmbeddedSubject(LinkTap tap) {
        channel.freezeTime();
        link = new Link(LinkProfile.NONE, 7, channel.eventLoop(), events::add, tap);
        openedNanos = channel.eventLoop().ticker().nanoTime();
    }

    /** Milliseconds since the connection was open, and a blank. */
    final String at() {
        return TimeUnit.NANOSECONDS.toMillis(channel.eventLoop().ticker().nanoTime() - openedNanos) + " ";
    }

    static String text(ByteBuf payload) {
        return payload.toString(StandardCharsets.US_ASCII);
    }

    /** What has come to the gateway's end of the channel; releases it. */
    abstract void left(ByteBuf payload);

    /** What the gateway says, as the channel reads it. */
    abstract Object fromGateway(ByteBuf payload);

    final void settle() {
        channel.runPendingTasks();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            left(next);
        }
    }

    @Override
    public final void deviceSays(String text) {
        channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        settle();
    }

    @Override
    public final void gatewaySays(String text) {
        channel.pipeline().fireChannelRead(fromGateway(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
        channel.pipeline().fireChannelReadComplete();
        settle();
    }

    @Override
    public final void until(long millis) {
        long nanos = openedNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (channel.eventLoop().ticker().nanoTime() < nanos) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            settle();
        }
    }

    @Override
    public final List<String> atGateway() {
        return gateway;
    }

    @Override
    public final List<String> atDevice() {
        return device;
    }

    @Override
    public final List<LinkEvent> events() {
        return events;
    }

    @Override
    public final void change(LinkProfile profile) {
        link.change(profile);
    }

    @Override
    public final void outage(Duration lasting, Outage.How how) {
        link.outage(lasting, how);
    }

    @Override
    public final void blackhole(Duration lasting) {
        link.blackhole(lasting);
    }

    @Override
    public final void resetAll() {
        link.resetAll();
    }

    @Override
    public final void natRebind() {
        link.natRebind();
    }

    @Override
    public final void natRebindUdp() {
        link.natRebindUdp();
    }

    @Override
    public final void close() {
        link.close();
        settle();
    }
}
