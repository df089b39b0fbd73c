package io.fieldloop.qemu.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One side of the relay: takes the frames QEMU sends to it, and sends frames to QEMU.
 *
 * <p>QEMU's socket takes few datagrams at a time ({@code net.unix.max_dgram_qlen} is 10 on many systems), and a full one
 * is no loss: frames wait here, and {@link #isWritable} tells when it is too many.
 */
final class FramePort {
    // Ethernet without jumbo frames: 1518 bytes with a VLAN tag; the OpenCores MAC takes up to 1536.
    private static final int FRAME_BYTES_MAX = 2048;
    private static final int FRAMES_PER_READ_MAX = 64;

    private final EventLoop loop;
    private final Path remote;
    private final Events events;
    private final Channel receiver;
    private @Nullable FrameSender sender;

    private FramePort(EventLoop loop, Path remote, Events events, Channel receiver) {
        this.loop = loop;
        this.remote = remote;
        this.events = events;
        this.receiver = receiver;
    }

    /** Binds {@code local}, in place of what an earlier run may have left there. */
    static FramePort open(EventLoop loop, Path local, Path remote, Events events) {
        try {
            Files.deleteIfExists(local);
        } catch (IOException e) {
            throw cannotBind(local, e);
        }
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, frames())
                .handler(new Receiver(events))
                .bind(new DomainSocketAddress(local.toString()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw cannotBind(local, bound.cause());
        }
        return new FramePort(loop, remote, events, bound.channel());
    }

    /** Takes over a frame; sent with the next {@link #flush}, lost when no QEMU is there. */
    void send(ByteBuf frame) {
        if (sender == null) {
            sender = new FrameSender(loop, remote, events);
        }
        sender.send(frame);
    }

    void flush() {
        if (sender != null) {
            sender.flush();
        }
    }

    boolean isWritable() {
        return sender == null || sender.isWritable();
    }

    /** Whether frames from QEMU are taken; those that are not wait in QEMU. */
    void setReading(boolean reading) {
        receiver.config().setAutoRead(reading);
    }

    void close() {
        receiver.close();
        if (sender != null) {
            sender.close();
        }
    }

    private static FixedRecvByteBufAllocator frames() {
        FixedRecvByteBufAllocator allocator = new FixedRecvByteBufAllocator(FRAME_BYTES_MAX);
        allocator.maxMessagesPerRead(FRAMES_PER_READ_MAX);
        return allocator;
    }

    private static FrameLinkException cannotBind(Path local, @Nullable Throwable cause) {
        return new FrameLinkException(
                "The frame link cannot bind its socket " + local + ": " + (cause == null ? "" : cause.getMessage())
                        + "; give it a directory of its own that can be written.",
                cause);
    }

    /** What a port tells. */
    interface Events {
        /** Takes over the frame. */
        void received(ByteBuf frame);

        void writabilityChanged();
    }

    private static final class Receiver extends ChannelInboundHandlerAdapter {
        private final Events events;

        Receiver(Events events) {
            this.events = events;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            events.received(((DomainDatagramPacket) message).content());
        }
    }
}
