package io.fieldloop.scenario.rig;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;

/** The login page of a network, as devices meet it: sends whoever speaks HTTP to the page, and has nothing to say to anybody else. */
@Sharable
public final class CaptivePortal extends SimpleChannelInboundHandler<ByteBuf> {
    // As RFC 8952 section 2.2 and the usual products have it.
    private static final String LOGIN =
            "HTTP/1.1 302 Found\r\nLocation: http://login.portal.test/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        boolean http = bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == 'G';
        ctx.writeAndFlush(http ? Unpooled.copiedBuffer(LOGIN, StandardCharsets.US_ASCII) : Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Whoever resets the connection to a login page leaves nothing to tell. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
