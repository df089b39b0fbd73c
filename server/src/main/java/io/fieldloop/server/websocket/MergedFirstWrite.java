package io.fieldloop.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** Joins everything written before the next flush into one buffer, and so into one segment, then steps aside. */
final class MergedFirstWrite extends ChannelOutboundHandlerAdapter {
    private @Nullable CompositeByteBuf merged;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.write(message, promise);
            return;
        }
        if (merged == null) {
            merged = ctx.alloc().compositeBuffer();
        }
        merged.addComponent(true, bytes);
        promise.setSuccess();
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        // Copied, because a composite may still leave a socket as a gathering write of several buffers.
        if (merged != null) {
            ctx.write(merged.copy());
            merged.release();
            merged = null;
        }
        ctx.pipeline().remove(this);
        ctx.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (merged != null) {
            merged.release();
            merged = null;
        }
    }
}
