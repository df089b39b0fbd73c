package io.fieldloop.device.link;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A TCP proxy on loopback that leads through a {@link Link}: real clients connect to it, and it connects to the gateway
 * once the modelled link has let their connect through.
 *
 * <p>To its client a connection is open as soon as the proxy has accepted it; {@link #pathOf} tells when the device's
 * would be. All of it runs on the link's event loop; one that comes from {@link SocketTransport#preciseIoHandler} keeps
 * the schedule best.
 */
public final class LinkProxy {
    private final Channel server;
    private final ChannelGroup fronts;
    private final Paths paths;
    private final CompletableFuture<Throwable> acceptFailure;

    private LinkProxy(Channel server, ChannelGroup fronts, Paths paths, CompletableFuture<Throwable> acceptFailure) {
        this.server = server;
        this.fronts = fronts;
        this.paths = paths;
        this.acceptFailure = acceptFailure;
    }

    /** Listens; fails with an exception that names the address when it cannot. */
    public static CompletableFuture<LinkProxy> start(LinkProxyConfig config, Link link) {
        SocketTransport transport = SocketTransport.of(link.loop());
        ChannelGroup fronts = new DefaultChannelGroup(link.loop());
        Paths paths = new Paths();
        CompletableFuture<LinkProxy> started = new CompletableFuture<>();
        CompletableFuture<Throwable> acceptFailure = new CompletableFuture<>();
        new ServerBootstrap()
                .group(link.loop())
                .channel(transport.serverChannel())
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        acceptFailure.complete(cause);
                        ctx.fireExceptionCaught(cause);
                    }
                })
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel front) {
                        fronts.add(front);
                        front.pipeline().addLast(new FrontHandler(config, link, transport, paths));
                    }
                })
                .bind(config.bindAddress())
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        started.complete(new LinkProxy(bound.channel(), fronts, paths, acceptFailure));
                    } else {
                        started.completeExceptionally(new IOException(
                                "The link proxy cannot listen on " + config.bindAddress() + ": "
                                        + bound.cause().getMessage() + ".",
                                bound.cause()));
                    }
                });
        return started;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /**
     * Completes when the modelled connect behind the front connection from {@code client} succeeded, or exceptionally
     * with what a socket would have thrown; never in a black hole. May be asked before or after the client connects.
     */
    public CompletableFuture<Void> pathOf(SocketAddress client) {
        return paths.of(client);
    }

    /** Completes with what the system said when it first had no socket for a client that waits to be accepted. */
    public CompletableFuture<Throwable> acceptFailure() {
        return acceptFailure.copy();
    }

    /** Stops listening and closes every front connection, and with them those behind; completes when all are closed. */
    public CompletableFuture<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        server.close().addListener(closed -> fronts.close().addListener(all -> stopped.complete(null)));
        return stopped;
    }
}
