package io.fieldloop.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.UnaryOperator;

/** A gateway on a loopback port of its own, with its events recorded; closing it leaves nothing behind. */
public final class RunningGateway implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final RecordingListener events = new RecordingListener();
    private final Gateway gateway;

    private RunningGateway(GatewayConfig config) {
        gateway = Gateway.start(config, GatewayRuntime.onSockets(group), events).join();
    }

    /** One plain listener called {@code ws}, and what the test adds. */
    public static RunningGateway with(UnaryOperator<GatewayConfig.Builder> more) {
        return new RunningGateway(
                more.apply(GatewayConfig.builder().listener(ListenerConfig.plain("ws", anyLoopbackPort())))
                        .build());
    }

    public static InetSocketAddress anyLoopbackPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public Gateway gateway() {
        return gateway;
    }

    public RecordingListener events() {
        return events;
    }

    public int port() {
        return ((InetSocketAddress) gateway.address("ws")).getPort();
    }

    public URI uri() {
        return URI.create("ws://127.0.0.1:" + port() + "/xiaozhi/v1/");
    }

    @Override
    public void close() {
        gateway.close();
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
