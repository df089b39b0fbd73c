package io.fieldloop.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;

/** Netty's check that text is UTF-8, with a shortcut for whole messages in ASCII, which nearly all are. */
public final class TextCheck extends Utf8FrameValidator {
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    public TextCheck() {
        super(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof TextWebSocketFrame text && text.isFinalFragment() && isAscii(text.content())) {
            ctx.fireChannelRead(message);
        } else {
            super.channelRead(ctx, message);
        }
    }

    private static boolean isAscii(ByteBuf text) {
        int at = text.readerIndex();
        int end = text.writerIndex();
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if ((text.getLong(at) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (text.getByte(at) < 0) {
                return false;
            }
        }
        return true;
    }
}
