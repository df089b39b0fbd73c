package io.fieldloop.server.admin;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;

/** Judges one request and answers it. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final AdminRoutes routes;
    private final HostGuard hosts;

    AdminHandler(AdminRoutes routes, HostGuard hosts) {
        this.routes = routes;
        this.hosts = hosts;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean broken = request.decoderResult().isFailure();
        boolean head = request.method().equals(HttpMethod.HEAD);
        AdminAnswer answer = broken
                ? AdminAnswer.refused(HttpResponseStatus.BAD_REQUEST, "The request could not be parsed.")
                : answer(request, head);
        ctx.writeAndFlush(answer.encode(!head))
                .addListener(broken ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** A client that breaks off, or is silent for too long, is not worth a word here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private AdminAnswer answer(FullHttpRequest request, boolean head) {
        if (!hosts.admits(request.headers().get(HttpHeaderNames.HOST))) {
            return AdminAnswer.refused(
                    HttpResponseStatus.FORBIDDEN,
                    "The Host header names neither localhost nor a loopback address; call this listener by one of them.");
        }
        if (!head && !request.method().equals(HttpMethod.GET)) {
            return AdminAnswer.refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.");
        }
        try {
            return routes.answer(new QueryStringDecoder(request.uri()));
        } catch (IllegalArgumentException brokenPercentEncoding) {
            return AdminAnswer.refused(HttpResponseStatus.BAD_REQUEST, "The query could not be parsed.");
        }
    }
}
