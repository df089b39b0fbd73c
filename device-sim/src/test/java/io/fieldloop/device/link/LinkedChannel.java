package io.fieldloop.device.link;

import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A device on a link in frozen time. What the channel sends is what reached the gateway; what the device saw, and when,
 * is in {@link #seen}.
 */
public final class LinkedChannel {
    public final EmbeddedChannel channel = new EmbeddedChannel();
    public final RecordingLinkListener events = new RecordingLinkListener();
    public final Link link;
    public final List<String> seen = new ArrayList<>();
    private final long startNanos;

    public LinkedChannel(LinkProfile profile, long seed) {
        channel.freezeTime();
        startNanos = now();
        link = new Link(profile, seed, channel.eventLoop(), events);
        channel.pipeline().addLast(link.newConnection(), new Device());
        channel.runPendingTasks();
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }

    /** Milliseconds since the start. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(now() - startNanos);
    }

    public void after(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }

    /** Goes on in steps of a millisecond, so that what happens is seen at its time. */
    public void until(long millis) {
        while (millis() < millis) {
            after(Duration.ofMillis(1));
        }
    }

    public void deviceSends(String text) {
        channel.writeAndFlush(bytes(text));
        channel.runPendingTasks();
    }

    public void gatewaySends(String text) {
        channel.writeInbound(bytes(text));
    }

    /** What has reached the gateway since this was last asked. */
    public String atGateway() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            text.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        return text.toString();
    }

    public static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private final class Device extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            see(((ByteBuf) message).toString(StandardCharsets.US_ASCII));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                see("input-shutdown");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            see(cause.getMessage());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            see("inactive");
        }

        private void see(String what) {
            seen.add(millis() + " " + what);
        }
    }
}
