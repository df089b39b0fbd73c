package io.fieldloop.server.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Sends the state of the gateway to all who listen, as server-sent events.
 *
 * <p>Each message is all there is to know, so whoever reads too slowly misses some and needs none of them: what waits for it stays
 * within the channel's own limit and one message, and after half a minute without reading it is closed.
 */
final class LiveStream {
    static final int LISTENERS_MAX = 8;

    private static final int MISSED_MAX = 30;

    /** How many messages in a row each listener has missed. */
    private final Map<Channel, Integer> listeners = new ConcurrentHashMap<>();

    /** Answers with the stream; false where too many listen already. */
    synchronized boolean open(ChannelHandlerContext ctx, String first) {
        if (listeners.size() >= LISTENERS_MAX) {
            return false;
        }
        Channel channel = ctx.channel();
        listeners.put(channel, 0);
        channel.closeFuture().addListener(closed -> listeners.remove(channel));
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(head, true);
        AdminAnswer.guard(head.headers(), "text/event-stream; charset=utf-8", AdminAnswer.NOTHING_RUNS);
        head.headers().set(HttpHeaderNames.CONNECTION, "close");
        ctx.write(head);
        ctx.pipeline().remove(ReadTimeoutHandler.class);
        ctx.pipeline().replace(ctx.handler(), "said-nothing-more", new Deaf());
        channel.writeAndFlush(message(first));
        return true;
    }

    /** @param state asked for only when somebody listens */
    void send(Supplier<String> state) {
        if (listeners.isEmpty()) {
            return;
        }
        String text = state.get();
        listeners.forEach((channel, missed) -> {
            if (channel.isWritable()) {
                listeners.replace(channel, 0);
                channel.writeAndFlush(message(text));
            } else if (missed >= MISSED_MAX) {
                channel.close();
            } else {
                listeners.replace(channel, missed + 1);
            }
        });
    }

    int listening() {
        return listeners.size();
    }

    private static DefaultHttpContent message(String json) {
        return new DefaultHttpContent(
                Unpooled.wrappedBuffer(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** What a listener sends after its request means nothing. */
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
