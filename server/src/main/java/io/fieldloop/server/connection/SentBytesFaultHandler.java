package io.fieldloop.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Ends the connection once so many bytes were sent; the write that crosses the mark is cut there. */
final class SentBytesFaultHandler extends ChannelOutboundHandlerAdapter {
    private final Runnable applied;
    private final Runnable end;
    private long bytesLeft;
    private boolean ended;

    /** @param end how the connection ends; {@code applied} runs right before it */
    SentBytesFaultHandler(long bytes, Runnable applied, Runnable end) {
        this.bytesLeft = bytes;
        this.applied = applied;
        this.end = end;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (ended || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
        } else if (bytes.readableBytes() >= bytesLeft) {
            ended = true;
            ByteBuf head = bytes.readRetainedSlice((int) bytesLeft);
            bytes.release();
            ctx.writeAndFlush(head, promise).addListener(written -> {
                applied.run();
                end.run();
            });
        } else {
            bytesLeft -= bytes.readableBytes();
            ctx.write(message, promise);
        }
    }
}
