package io.fieldloop.device;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Remembers when the peer was last heard, below TLS: the socket's receive limit counts silence, not the length of the handshake. */
final class ReceiveClock extends ChannelInboundHandlerAdapter {

    private final Board board;
    private long lastNanos;

    ReceiveClock(Board board) {
        this.board = board;
        this.lastNanos = board.nanoTime();
    }

    void restart() {
        lastNanos = board.nanoTime();
    }

    long lastNanos() {
        return lastNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        restart();
        ctx.fireChannelRead(message);
    }
}
