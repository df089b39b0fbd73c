package io.fieldloop.server.admin;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges one request and answers it. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

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
                : answer(ctx, request);
        if (answer == null) {
            return;
        }
        ctx.writeAndFlush(answer.encode(!head))
                .addListener(broken ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** A client that breaks off, or is silent for too long, is not worth a word here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /** Null where a stream has begun instead. */
    private @Nullable AdminAnswer answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!hosts.admits(request.headers().get(HttpHeaderNames.HOST))) {
            return AdminAnswer.refused(
                    HttpResponseStatus.FORBIDDEN,
                    "The Host header names neither localhost nor a loopback address; call this listener by one of them.");
        }
        try {
            QueryStringDecoder target = new QueryStringDecoder(request.uri());
            if (request.method().equals(HttpMethod.GET) && target.path().equals(AdminRoutes.EVENTS)) {
                return routes.stream(ctx);
            }
            return READING.contains(request.method())
                    ? routes.answer(target, request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE))
                    : routes.change(request, target.path());
        } catch (IllegalArgumentException brokenPercentEncoding) {
            return AdminAnswer.refused(HttpResponseStatus.BAD_REQUEST, "The query could not be parsed.");
        }
    }
}
