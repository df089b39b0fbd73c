package io.fieldloop.server;

import io.fieldloop.server.guard.Handshake;
import io.fieldloop.server.guard.RefusalReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** Takes what no other handler took: an exception ends its own connection, as one record, and touches no other. */
final class LastResortHandler extends ChannelInboundHandlerAdapter {
    private final Handshake handshake;

    LastResortHandler(Handshake handshake) {
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
