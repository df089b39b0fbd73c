package io.fieldloop.device.attempt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Cuts what is written into the pieces a modem takes: each becomes one send command, and one TLS record where the modem does TLS. */
public final class WriteChunker extends ChannelOutboundHandlerAdapter {

    private final int chunkBytes;

    public WriteChunker(int chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && bytes.readableBytes() > chunkBytes) {
            while (bytes.readableBytes() > chunkBytes) {
                ctx.write(bytes.readRetainedSlice(chunkBytes));
            }
        }
        ctx.write(message, promise);
    }
}
