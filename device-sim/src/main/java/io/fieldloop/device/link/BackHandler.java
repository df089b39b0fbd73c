package io.fieldloop.device.link;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;

/** A proxy's side towards the gateway, at the device's end of the link: passes on what comes out of it to the client. */
final class BackHandler extends ChannelInboundHandlerAdapter {
    private final Channel front;
    private boolean wasReset;

    BackHandler(Channel front) {
        this.front = front;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        front.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        front.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        front.config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && front instanceof DuplexChannel duplex) {
            front.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> endOutput(duplex));
        }
    }

    private static void endOutput(DuplexChannel front) {
        front.shutdownOutput();
        if (front.isInputShutdown()) {
            front.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        wasReset = cause instanceof IOException;
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (wasReset) {
            Resets.close(front);
        } else {
            front.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
