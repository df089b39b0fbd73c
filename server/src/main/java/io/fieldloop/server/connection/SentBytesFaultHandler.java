package io.fieldloop.server.connection;

import io.fieldloop.server.fault.FaultAction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Ends the connection once so many bytes were sent; the write that crosses the mark is cut there. */
public final class SentBytesFaultHandler extends ChannelOutboundHandlerAdapter {
    private final Connection connection;
    private final FaultAction fault;
    private final boolean resets;
    private long bytesLeft;
    private boolean ended;

    /** The handler for a {@link FaultAction.ResetAfterBytes}. */
    public SentBytesFaultHandler(Connection connection, FaultAction.ResetAfterBytes fault) {
        this(connection, fault, true, fault.bytes());
    }

    /** The handler for a {@link FaultAction.CloseAfterBytes}. */
    public SentBytesFaultHandler(Connection connection, FaultAction.CloseAfterBytes fault) {
        this(connection, fault, false, fault.bytes());
    }

    private SentBytesFaultHandler(Connection connection, FaultAction fault, boolean resets, long bytesLeft) {
        this.connection = connection;
        this.fault = fault;
        this.resets = resets;
        this.bytesLeft = bytesLeft;
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
            ctx.writeAndFlush(head, promise).addListener(written -> end(ctx));
        } else {
            bytesLeft -= bytes.readableBytes();
            ctx.write(message, promise);
        }
    }

    private void end(ChannelHandlerContext ctx) {
        connection.applied(fault);
        if (resets) {
            connection.reset();
        } else {
            ctx.close();
        }
    }
}
