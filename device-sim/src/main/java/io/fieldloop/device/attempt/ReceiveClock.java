package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Remembers when the peer was last heard, below TLS: the socket's receive limit counts silence, not the length of the handshake. */
public final class ReceiveClock extends ChannelInboundHandlerAdapter {

    private final DeviceContext context;
    private long lastNanos;

    public ReceiveClock(DeviceContext context) {
        this.context = context;
        this.lastNanos = context.nanoTime();
    }

    void restart() {
        lastNanos = context.nanoTime();
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
