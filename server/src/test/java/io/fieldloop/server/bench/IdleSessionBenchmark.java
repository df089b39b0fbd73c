package io.fieldloop.server.bench;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.tls.Engine;
import io.fieldloop.server.tls.TlsConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much heap an idle session costs the gateway: after the hellos, with nothing on its way.
 *
 * <p>The clients are another process. What BoringSSL keeps outside the heap is not counted.
 */
public final class IdleSessionBenchmark {
    private static final int WARM_UP_SESSIONS = 200;
    private static final int SESSIONS = 2_000;
    private static final Duration HELLO_LIMIT = Duration.ofSeconds(10);

    private IdleSessionBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("| listener | heap per idle session |");
        System.out.println("|---|---:|");
        measure("mqtt, with a voice flow", "mqtt", null);
        measure("ws", "ws", null);
        measure("wss, BoringSSL", "wss", Engine.BORINGSSL);
        measure("wss, Bouncy Castle", "wss", Engine.BOUNCY_CASTLE);
    }

    private static void measure(String name, String transport, @Nullable Engine engine) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try (Gateway gateway = Gateway.start(config(transport, engine), GatewayRuntime.onSockets(group), event -> {})
                        .get(10, TimeUnit.SECONDS);
                Clients warmUp = Clients.online(gateway, transport, WARM_UP_SESSIONS)) {
            long heapBefore = heapBytes();
            try (Clients measured = Clients.online(gateway, transport, SESSIONS)) {
                Thread.sleep(HELLO_LIMIT.toMillis()); // the last one's deadline has passed and is no longer on the heap
                requireSessions(gateway, warmUp.count() + measured.count());
                System.out.printf("| %s | %,d B |%n", name, (heapBytes() - heapBefore) / measured.count());
            }
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    private static GatewayConfig config(String transport, @Nullable Engine engine) throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ListenerConfig listener = engine == null
                ? ListenerConfig.plain("bench", anyPort)
                : ListenerConfig.secure("bench", anyPort, tls(engine));
        boolean mqtt = transport.equals("mqtt");
        return GatewayConfig.builder()
                .listener(mqtt ? new ListenerConfig.Mqtt("bench", anyPort, null) : listener)
                .listener(new ListenerConfig.Voice("voice", anyPort))
                .limits(LimitsConfig.builder()
                        .connectionsPerSource(Integer.MAX_VALUE)
                        .hello(HELLO_LIMIT)
                        .build())
                .session(SessionConfig.builder().idle(Duration.ofHours(1)).build())
                .build();
    }

    private static TlsConfig tls(Engine engine) throws Exception {
        InstantSource clock = InstantSource.system();
        CertificateAuthority authority = new CertificateAuthority(clock, SecureRandom.getInstance("SHA1PRNG"));
        CertificateRequest request =
                CertificateRequest.of(List.of("gateway.test"), clock.instant(), Duration.ofDays(90));
        return TlsConfig.serving(authority.issue(request)).withEngine(engine);
    }

    private static void requireSessions(Gateway gateway, int expected) {
        int open = gateway.sessions().size();
        if (open != expected) {
            throw new IllegalStateException(open + " sessions are open, not " + expected);
        }
    }

    /** In use after a collection; the second one frees what the first one's cleaners let go. */
    private static long heapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A running {@link IdleClients} process. */
    private record Clients(Process process, int count) implements AutoCloseable {
        static Clients online(Gateway gateway, String transport, int count) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            IdleClients.class.getName(),
                            String.valueOf(((InetSocketAddress) gateway.address("bench")).getPort()),
                            transport,
                            String.valueOf(count))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (output.readLine() == null) {
                throw new IllegalStateException("The clients did not come online");
            }
            return new Clients(process, count);
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
