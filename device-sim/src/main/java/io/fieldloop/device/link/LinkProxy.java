package io.fieldloop.device.link;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
    private final Map<SocketAddress, InetSocketAddress> clients;

    private LinkProxy(
            Channel server,
            ChannelGroup fronts,
            Paths paths,
            CompletableFuture<Throwable> acceptFailure,
            Map<SocketAddress, InetSocketAddress> clients) {
        this.server = server;
        this.fronts = fronts;
        this.paths = paths;
        this.acceptFailure = acceptFailure;
        this.clients = clients;
    }

    /** Listens; fails with an exception that names the address when it cannot. */
    public static CompletableFuture<LinkProxy> start(LinkProxyConfig config, Link link) {
        return start(config, link.loop(), client -> link);
    }

    /** The same with a link for each client, all of them on that loop. */
    public static CompletableFuture<LinkProxy> start(LinkProxyConfig config, EventLoop loop, LinkChoice links) {
        SocketTransport transport = SocketTransport.of(loop);
        ChannelGroup fronts = new DefaultChannelGroup(loop);
        Paths paths = new Paths();
        Map<SocketAddress, InetSocketAddress> clients = new ConcurrentHashMap<>();
        CompletableFuture<LinkProxy> started = new CompletableFuture<>();
        CompletableFuture<Throwable> acceptFailure = new CompletableFuture<>();
        new ServerBootstrap()
                .group(loop)
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
                        Link link = links.of((InetSocketAddress) front.remoteAddress());
                        front.pipeline().addLast(new FrontHandler(config, link, transport, paths, clients));
                    }
                })
                .bind(config.bindAddress())
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        started.complete(new LinkProxy(bound.channel(), fronts, paths, acceptFailure, clients));
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

    /** Whose connection comes from that port of the source address; null for none of this proxy's, or where no source is set. */
    public @Nullable InetSocketAddress clientAt(SocketAddress port) {
        return clients.get(port);
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
