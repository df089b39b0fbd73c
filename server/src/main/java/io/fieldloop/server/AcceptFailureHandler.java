package io.fieldloop.server;

import io.fieldloop.server.event.GatewayEvent;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Reports that a listener could not accept a connection; Netty then waits a second before it tries again. */
final class AcceptFailureHandler extends ChannelInboundHandlerAdapter {
    private final String listener;
    private final GatewayState state;

    AcceptFailureHandler(String listener, GatewayState state) {
        this.listener = listener;
        this.state = state;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        state.emit(new GatewayEvent.AcceptFailed(listener, String.valueOf(cause.getMessage())));
        ctx.fireExceptionCaught(cause);
    }
}
