package io.fieldloop.server.admin;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.connection.GatewayConfigException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The admin listener of one gateway.
 *
 * <p>It starts before the gateway, since the gateway has to admit the test page's origin, which holds the port that was really taken:
 * start it, give {@link #origins()} and {@link #metrics()} to the gateway, then {@link #watch} that.
 */
public final class AdminServer implements AutoCloseable {
    private final Channel listener;
    private final ChannelGroup connections;
    private final AdminRoutes routes;
    private final GatewayMetrics metrics;
    private final InstantSource clock;
    private final Future<?> seconds;

    private AdminServer(
            Channel listener,
            ChannelGroup connections,
            AdminRoutes routes,
            GatewayMetrics metrics,
            InstantSource clock) {
        this.listener = listener;
        this.connections = connections;
        this.routes = routes;
        this.metrics = metrics;
        this.clock = clock;
        this.seconds = listener.eventLoop().scheduleAtFixedRate(routes::second, 1, 1, TimeUnit.SECONDS);
    }

    /** Opens the listener, or fails with a {@link GatewayConfigException}. */
    public static CompletableFuture<AdminServer> start(AdminConfig config, GatewayRuntime runtime) {
        GatewayMetrics metrics = new GatewayMetrics();
        AdminRoutes routes = new AdminRoutes(metrics);
        ChannelGroup connections = new DefaultChannelGroup(runtime.group().next());
        ChannelFuture bound = new ServerBootstrap()
                .group(runtime.group())
                .channelFactory(runtime.serverChannels())
                .childHandler(new AdminInitializer(connections, routes, new HostGuard(config)))
                .bind(config.bindAddress());
        CompletableFuture<AdminServer> started = new CompletableFuture<>();
        bound.addListener(done -> {
            if (done.isSuccess()) {
                started.complete(new AdminServer(bound.channel(), connections, routes, metrics, runtime.clock()));
            } else {
                started.completeExceptionally(cannotListen(config, done.cause()));
            }
        });
        return started;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** What the test page sends as Origin, by each name a browser may call it. */
    public List<String> origins() {
        int port = address().getPort();
        return List.of("http://127.0.0.1:" + port, "http://localhost:" + port, "http://[::1]:" + port);
    }

    /** To be given to the gateway as its listener, alone or composed with another. */
    public GatewayMetrics metrics() {
        return metrics;
    }

    /** Reports on this gateway from now on; until then the listener answers that it is starting. */
    public void watch(Gateway gateway, GatewayConfig config) {
        watch(gateway, config, gateway::address);
    }

    /** The same where devices reach its listeners, by their names, at other addresses than its own: through a proxy before it. */
    public void watch(Gateway gateway, GatewayConfig config, Function<String, SocketAddress> addresses) {
        metrics.observe(gateway);
        routes.report(new GatewayReport(gateway, config, addresses, clock));
    }

    /** Lets whoever knows the token put faults on the gateway and take them off. */
    public void steer(FaultControl control, String token) {
        routes.steer(new Steering(control, token));
    }

    public CompletableFuture<Void> stop() {
        seconds.cancel(false);
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        listener.close().addListener(closed -> connections.close().addListener(done -> stopped.complete(null)));
        return stopped;
    }

    /** Stops and waits for it; never call it on an event loop. */
    @Override
    public void close() {
        stop().join();
    }

    private static GatewayConfigException cannotListen(AdminConfig config, Throwable cause) {
        return GatewayConfigException.cannotListen("The admin listener", config.bindAddress(), cause);
    }
}
