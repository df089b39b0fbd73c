package io.fieldloop.device.link.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/** The gateway's end of a connection: the channel itself. */
final class PeerEnd {
    // Of the 31 indices Netty leaves to its users; traffic shaping takes 1 to 3.
    private static final int WRITABILITY_INDEX = 17;

    private final ChannelHandlerContext context;
    private boolean queueIsFull;
    private boolean readerIsSlow;
    private boolean readHeldBack;
    private boolean ended;
    private boolean gone;

    PeerEnd(ChannelHandlerContext context) {
        this.context = context;
    }

    /** Whether its FIN or reset is on its way to the device. */
    boolean hasEnded() {
        return ended;
    }

    void ended() {
        ended = true;
    }

    boolean isGone() {
        return gone;
    }

    void gone() {
        gone = true;
    }

    /**
     * Keeps the channel open past the peer's FIN, as what the device still sends must go.
     *
     * @return whether the channel's user wanted that too
     */
    boolean takeOverHalfClosure() {
        boolean wanted = Boolean.TRUE.equals(context.channel().config().getOption(ChannelOption.ALLOW_HALF_CLOSURE));
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return wanted;
    }

    ChannelFuture connect(Signal.Open open) {
        return context.connect(open.remote(), open.local(), context.newPromise());
    }

    void write(Object message, @Nullable ChannelPromise promise) {
        context.write(message, promise == null ? context.newPromise() : promise);
    }

    void flush() {
        context.flush();
    }

    void shutdownOutput() {
        afterPendingWrites(() -> {
            if (context.channel() instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                context.close();
            }
        });
    }

    void close() {
        afterPendingWrites(context::close);
    }

    void closeNow() {
        context.close();
    }

    boolean hasPendingWrites() {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }

    /** Netty fails what a socket has not taken yet when it is closed; TCP sends it before its FIN. */
    private void afterPendingWrites(Runnable action) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> action.run());
    }

    void reset() {
        // Linger 0 makes the close a reset; a channel that cannot closes as it can, and one already closed says so.
        if (context.channel().isOpen()) {
            context.flush();
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
    }

    boolean closesAsReset() {
        return Integer.valueOf(0).equals(context.channel().config().getOption(ChannelOption.SO_LINGER));
    }

    void setWritable(boolean writable) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        if (buffer != null) {
            buffer.setUserDefinedWritability(WRITABILITY_INDEX, writable);
        }
    }

    void setQueueFull(boolean full) {
        queueIsFull = full;
        updateReading();
    }

    void setReaderSlow(boolean slow) {
        readerIsSlow = slow;
        updateReading();
    }

    /** A handler asked for more to be read. */
    void read() {
        if (queueIsFull) {
            readHeldBack = true;
        } else if (!ended) {
            context.read();
        }
    }

    private void updateReading() {
        // There is nothing left to read then, and epoll refuses to try.
        if (ended || gone) {
            return;
        }
        context.channel().config().setAutoRead(!queueIsFull && !readerIsSlow);
        if (!queueIsFull && readHeldBack) {
            readHeldBack = false;
            context.read();
        }
    }
}
