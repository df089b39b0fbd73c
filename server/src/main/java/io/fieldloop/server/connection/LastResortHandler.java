package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** Takes what no other handler took: an exception ends its own connection, as one record, and touches no other. */
final class LastResortHandler extends ChannelInboundHandlerAdapter {
    private final HandshakeGuard handshake;

    LastResortHandler(HandshakeGuard handshake) {
        this.handshake = handshake;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            handshake.refuse(ctx, RefusalReason.EOF, cause.getMessage(), null);
        } else {
            handshake.refuse(ctx, RefusalReason.INTERNAL_ERROR, cause.toString(), null);
        }
        ctx.close();
    }
}
