package io.fieldloop.device.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Last handler of a device's pipeline: passes on what arrives to the current {@link MessageSink}, and the loss of the connection once. */
public final class WebSocketHandler extends ChannelInboundHandlerAdapter {

    private MessageSink sink;
    private boolean lost;

    public WebSocketHandler(MessageSink sink) {
        this.sink = sink;
    }

    public void handTo(MessageSink next) {
        sink = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof WebSocketMessage webSocketMessage) {
            sink.received(webSocketMessage);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        sink.announced(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!lost) {
            lost = true;
            sink.lost(null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!lost) {
            lost = true;
            sink.lost(cause);
        }
        ctx.close();
    }
}
