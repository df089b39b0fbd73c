package io.fieldloop.server.bench;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.tls.TlsConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A gateway in a process of its own, hardened as by default, for clients that all come from one address.
 *
 * <p>Arguments: certificate and key. Prints its plain and its TLS port, and ends with its standard input.
 */
final class GatewayProcess {
    private static final Rate NO_LIMIT = new Rate(100_000, Duration.ofSeconds(1));

    private GatewayProcess() {}

    public static void main(String[] arguments) throws Exception {
        CertificateChain chain = CertificateChain.read(Path.of(arguments[0]), Path.of(arguments[1]));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", anyPort))
                .listener(ListenerConfig.secure("wss", anyPort, TlsConfig.serving(chain)))
                .limits(LimitsConfig.builder()
                        .connectionsPerSource(Integer.MAX_VALUE)
                        .refusalsPerSource(NO_LIMIT)
                        .alarm(NO_LIMIT)
                        .build())
                .build();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (Gateway gateway = Gateway.start(config, GatewayRuntime.onSockets(group), event -> {})
                .get(10, TimeUnit.SECONDS)) {
            System.out.println(port(gateway, "ws") + " " + port(gateway, "wss"));
            while (System.in.read() >= 0) {
                // Only the end of it is of interest.
            }
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    private static int port(Gateway gateway, String listener) {
        return ((InetSocketAddress) gateway.address(listener)).getPort();
    }
}
