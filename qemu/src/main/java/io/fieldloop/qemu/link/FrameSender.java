package io.fieldloop.qemu.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames to a socket that QEMU has bound.
 *
 * <p>The kernel tells only a connected socket that its peer has room again, and QEMU binds a new one whenever it starts;
 * so this connects, and connects anew when that fails.
 */
final class FrameSender {
    private static final WriteBufferWaterMark WAITING_BYTES = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    private static final int FRAMES_BEFORE_CONNECTED_MAX = 1024;

    private final EventLoop loop;
    private final Path remote;
    private final FramePort.Events events;
    private final ArrayDeque<ByteBuf> beforeConnected = new ArrayDeque<>();
    private @Nullable ChannelFuture connecting;
    private @Nullable Channel channel;

    FrameSender(EventLoop loop, Path remote, FramePort.Events events) {
        this.loop = loop;
        this.remote = remote;
        this.events = events;
    }

    /** Takes over a frame; it is lost when no QEMU is there. */
    void send(ByteBuf frame) {
        if (channel != null) {
            write(channel, frame);
        } else if (beforeConnected.size() < FRAMES_BEFORE_CONNECTED_MAX) {
            beforeConnected.add(frame);
            connect();
        } else {
            frame.release();
        }
    }

    void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    /** Whether few frames are waiting for QEMU. */
    boolean isWritable() {
        return channel == null || channel.isWritable();
    }

    void close() {
        dropWaiting();
        if (connecting != null) {
            connecting.channel().close();
        }
        if (channel != null) {
            channel.close();
        }
    }

    @SuppressWarnings("deprecation") // a socket without an address of its own becomes active in no other way
    private void connect() {
        if (connecting == null) {
            connecting = new Bootstrap()
                    .group(loop)
                    .channel(EpollDomainDatagramChannel.class)
                    .option(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_BYTES)
                    .handler(new WritabilityWatch())
                    .connect(new DomainSocketAddress(remote.toString()));
            connecting.addListener(this::connected);
        }
    }

    private void connected(Future<? super Void> result) {
        Channel connected = connecting == null ? null : connecting.channel();
        connecting = null;
        if (connected == null || !result.isSuccess()) {
            dropWaiting();
            return;
        }
        channel = connected;
        for (ByteBuf frame = beforeConnected.poll(); frame != null; frame = beforeConnected.poll()) {
            write(connected, frame);
        }
        connected.flush();
    }

    /** A send fails when QEMU is gone; the next frame looks for another one. */
    private void write(Channel out, ByteBuf frame) {
        out.write(frame).addListener(result -> {
            if (!result.isSuccess() && channel == out) {
                channel = null;
                out.close();
                events.writabilityChanged();
            }
        });
    }

    private void dropWaiting() {
        for (ByteBuf frame = beforeConnected.poll(); frame != null; frame = beforeConnected.poll()) {
            frame.release();
        }
    }

    private final class WritabilityWatch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            events.writabilityChanged();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
