package io.fieldloop.oracle;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.tls.TlsConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Our gateway on a loopback port of its own, with its events recorded. */
final class LoopbackGateway implements AutoCloseable {
    private static final String LISTENER = "door";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final Gateway gateway;

    private LoopbackGateway(ListenerConfig listener, UnaryOperator<GatewayConfig.Builder> more) {
        GatewayConfig config =
                more.apply(GatewayConfig.builder().listener(listener)).build();
        gateway = Gateway.start(config, GatewayRuntime.onSockets(group), events::add)
                .join();
    }

    static LoopbackGateway plain(UnaryOperator<GatewayConfig.Builder> more) {
        return new LoopbackGateway(ListenerConfig.plain(LISTENER, anyPort()), more);
    }

    static LoopbackGateway secure(TlsConfig tls, UnaryOperator<GatewayConfig.Builder> more) {
        return new LoopbackGateway(ListenerConfig.secure(LISTENER, anyPort(), tls), more);
    }

    /** For tests that are refused more often in a second than any good source would be. */
    static GatewayConfig.Builder forgiving(GatewayConfig.Builder config) {
        Rate never = new Rate(10_000, Duration.ofSeconds(1));
        return config.limits(LimitsConfig.builder().refusalsPerSource(never).build());
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    Gateway gateway() {
        return gateway;
    }

    int port() {
        return ((InetSocketAddress) gateway.address(LISTENER)).getPort();
    }

    /** The documented path, on a plain gateway. */
    URI uri() {
        return uri(GatewayConfig.PATH);
    }

    URI uri(String path) {
        return URI.create("ws://127.0.0.1:" + port() + path);
    }

    /** Waits for the first event of this kind. */
    <E extends GatewayEvent> E awaitEvent(Class<E> kind) {
        return awaitEvent(kind, event -> true);
    }

    /** Waits for the first event of this kind that is like this. */
    <E extends GatewayEvent> E awaitEvent(Class<E> kind, Predicate<E> wanted) {
        OutsideProgram.patiently().until(() -> first(kind, wanted).isPresent());
        return first(kind, wanted).orElseThrow();
    }

    private <E extends GatewayEvent> Optional<E> first(Class<E> kind, Predicate<E> wanted) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(wanted)
                .findFirst();
    }

    /** The wire name of the reason the first refused handshake was refused for. */
    String awaitRefusal() {
        return String.valueOf(
                awaitEvent(GatewayEvent.HandshakeRefused.class).attributes().get("reason"));
    }

    @Override
    public void close() {
        gateway.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
