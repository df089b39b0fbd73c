package io.fieldloop.server.session;

import io.fieldloop.server.tls.TlsRequest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/** What links have in common whose messages travel on one connection of their own. */
public interface ChannelLink extends DeviceLink {
    /** Where its handler stands in the connection's pipeline. */
    ChannelHandlerContext context();

    /** The slot of what frames its messages. */
    String encoderSlot();

    @Override
    default ByteBufAllocator allocator() {
        return context().alloc();
    }

    @Override
    default boolean isOpen() {
        return context().channel().isActive();
    }

    @Override
    default void close() {
        context().channel().close();
    }

    @Override
    default void stopReading() {
        context().channel().config().setAutoRead(false);
    }

    @Override
    default void sendRaw(byte[] bytes) {
        ChannelHandlerContext encoder = context().pipeline().context(encoderSlot());
        if (encoder != null) {
            encoder.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    @Override
    default void askTls(TlsRequest request) {
        context().pipeline().fireUserEventTriggered(request);
    }

    /** From the end of the pipeline that is nearest to the wire. */
    @Override
    default void truncate() {
        context().pipeline().firstContext().close();
    }
}
