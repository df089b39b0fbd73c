package io.fieldloop.server.bench;

import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.tls.Engine;
import io.fieldloop.server.tls.SharedArithmetic;
import io.fieldloop.server.tls.TlsAcceptor;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.tls.TlsFailure;
import io.fieldloop.server.tls.TlsObserver;
import io.fieldloop.server.tls.TlsVersion;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * How many full TLS handshakes a gateway does per second of its own CPU time, for each engine, version and kind of key.
 *
 * <p>The server has one event loop, whose CPU time is measured; the client is BoringSSL on another thread, without resumption.
 */
public final class TlsHandshakeBenchmark {
    private static final int WARM_UP_HANDSHAKES = 3_000;
    private static final int MEASURED_HANDSHAKES = 3_000;
    private static final int CONCURRENT_CLIENTS = 8;

    private TlsHandshakeBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("| engine | key | version | handshakes per server CPU second |");
        System.out.println("|---|---|---|---:|");
        for (Engine engine : List.of(Engine.BORINGSSL, Engine.BOUNCY_CASTLE)) {
            for (KeyKind kind : KeyKind.values()) {
                for (TlsVersion version : List.of(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3)) {
                    double rate = rate(engine, kind, version);
                    System.out.printf("| %s | %s | %s | %,.0f |%n", engine, kind, version, rate);
                }
            }
        }
    }

    private static double rate(Engine engine, KeyKind kind, TlsVersion version) throws Exception {
        EventLoopGroup server = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup client = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            AtomicInteger failures = new AtomicInteger();
            int port = listen(server, acceptor(engine, kind, version), failures);
            SslContext trustingAll = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm("")
                    .build();
            handshakes(client, trustingAll, port, WARM_UP_HANDSHAKES);
            long before = cpuNanos(server);
            handshakes(client, trustingAll, port, MEASURED_HANDSHAKES);
            long spent = cpuNanos(server) - before;
            if (failures.get() > 0) {
                throw new IllegalStateException(failures + " handshakes failed");
            }
            return MEASURED_HANDSHAKES / (spent / 1e9);
        } finally {
            server.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
            client.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    private static TlsAcceptor acceptor(Engine engine, KeyKind kind, TlsVersion version)
            throws GeneralSecurityException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(1);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
        CertificateChain chain = new CertificateAuthority(clock, random, kind)
                .issue(CertificateRequest.of(List.of("gateway.test"), clock.instant(), Duration.ofDays(90))
                        .withKeyKind(kind));
        TlsConfig config = TlsConfig.serving(chain).withEngine(engine).withVersions(Set.of(version));
        return new TlsAcceptor(config, random, false, SharedArithmetic.none(), clock);
    }

    private static int listen(EventLoopGroup group, TlsAcceptor acceptor, AtomicInteger failures)
            throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(acceptor.newHandler(List.of(), new FailureCounter(failures)));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return ((java.net.InetSocketAddress) listener.localAddress()).getPort();
    }

    private static void handshakes(EventLoopGroup group, SslContext context, int port, int count) throws Exception {
        CountDownLatch remaining = new CountDownLatch(count);
        AtomicInteger toStart = new AtomicInteger(count);
        for (int i = 0; i < CONCURRENT_CLIENTS; i++) {
            next(group, context, port, toStart, remaining);
        }
        if (!remaining.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(remaining.getCount() + " handshakes did not end");
        }
    }

    private static void next(
            EventLoopGroup group, SslContext context, int port, AtomicInteger toStart, CountDownLatch remaining) {
        if (toStart.getAndDecrement() <= 0) {
            return;
        }
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) throws SSLException {
                        SslHandler tls = context.newHandler(channel.alloc());
                        tls.handshakeFuture().addListener(done -> channel.close());
                        channel.pipeline().addLast(tls);
                        channel.closeFuture().addListener(closed -> {
                            remaining.countDown();
                            next(group, context, port, toStart, remaining);
                        });
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port);
    }

    /** CPU time of the group's only thread. */
    private static long cpuNanos(EventLoopGroup group) throws Exception {
        return group.next()
                .submit(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .get();
    }

    private record FailureCounter(AtomicInteger failures) implements TlsObserver {
        @Override
        public void reset(Channel channel) {
            channel.close();
        }

        @Override
        public void established(TlsVersion version, String suite, String serverName, boolean resumed) {}

        @Override
        public void failed(TlsFailure failure) {
            failures.incrementAndGet();
        }

        @Override
        public void faultApplied(FaultAction fault) {}
    }
}
