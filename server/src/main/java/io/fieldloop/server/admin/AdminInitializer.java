package io.fieldloop.server.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.concurrent.TimeUnit;

/** Builds the pipeline of one admin connection; a connection too many is closed at once. */
final class AdminInitializer extends ChannelInitializer<Channel> {
    private static final int CONNECTIONS_MAX = 64;
    private static final int SILENCE_SECONDS_MAX = 15;
    private static final int HEAD_BYTES_MAX = 8192;
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final ChannelGroup connections;
    private final AdminRoutes routes;
    private final HostGuard hosts;

    AdminInitializer(ChannelGroup connections, AdminRoutes routes, HostGuard hosts) {
        this.connections = connections;
        this.routes = routes;
        this.hosts = hosts;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (connections.size() >= CONNECTIONS_MAX) {
            channel.close();
            return;
        }
        connections.add(channel);
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(HEAD_BYTES_MAX).setMaxHeaderSize(HEAD_BYTES_MAX);
        channel.pipeline()
                .addLast(new ReadTimeoutHandler(SILENCE_SECONDS_MAX, TimeUnit.SECONDS))
                .addLast(new HttpServerCodec(limits))
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new HttpObjectAggregator(BODY_BYTES_MAX))
                .addLast(new AdminHandler(routes, hosts));
    }
}
