package io.fieldloop.server.bench;

import io.fieldloop.server.Requests;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.netty.internal.tcnative.SSLSessionCache;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that connect, shake hands, upgrade to WebSocket, and leave; each for a new TLS session, or all for the one the first was given.
 *
 * <p>They share keys on X25519, as devices do: BoringSSL would offer a hybrid with ML-KEM first, which of the servers compared only the gateway has,
 * and which costs more. As a device does, they take a session up as often as they like; Netty's own cache would drop one of TLS 1.3 after its first
 * use, and OpenSSL gives no new one to who took one up.
 */
final class HandshakeLoad implements SSLSessionCache {
    private static final int AT_ONCE = 8;

    private final EventLoopGroup group;
    private final SslContext tls;
    private final int port;
    private volatile long session; // never freed: the process ends first

    /**
     * Clients of one server.
     *
     * @param version as TLS names it
     * @param resumes whether all but the first take its session up again
     */
    HandshakeLoad(EventLoopGroup group, int port, String version, boolean resumes) throws Exception {
        this.group = group;
        this.port = port;
        this.tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(version)
                .option(OpenSslContextOption.GROUPS, new String[] {"x25519", "secp256r1"})
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .build();
        ((OpenSslSessionContext) tls.sessionContext())
                .setTicketKeys(); // else TLS 1.2 offers no tickets, and Node knows no ids
        if (resumes) {
            SSLContext.setSSLSessionCache(contextPointer(), this);
            run(1);
        }
    }

    /** Blocks until so many clients have come and gone; returns how many of their sessions were taken up again. */
    int run(int count) throws InterruptedException {
        Round round = new Round(count);
        for (int i = 0; i < AT_ONCE; i++) {
            round.next();
        }
        if (!round.remaining.await(600, TimeUnit.SECONDS) || round.upgraded.get() != count) {
            throw new IllegalStateException(round.upgraded + " of " + count + " clients were upgraded");
        }
        return round.resumed.get();
    }

    @Override
    public boolean sessionCreated(long ssl, long created) {
        if (session == 0) {
            session = created;
            return true;
        }
        return false;
    }

    @Override
    public long getSession(long ssl, byte[] id) {
        return -1; // asked of servers
    }

    /** So many clients, a few of them at a time. */
    private final class Round {
        private final AtomicInteger toStart;
        private final AtomicInteger upgraded = new AtomicInteger();
        private final AtomicInteger resumed = new AtomicInteger();
        private final CountDownLatch remaining;

        private Round(int count) {
            this.toStart = new AtomicInteger(count);
            this.remaining = new CountDownLatch(count);
        }

        private void next() {
            if (toStart.getAndDecrement() <= 0) {
                return;
            }
            new Bootstrap()
                    .group(group)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            SslHandler handler = tls.newHandler(channel.alloc());
                            if (session != 0) {
                                SSL.setSession(sslPointer(handler), session);
                            }
                            channel.pipeline().addLast(handler, new Client(Round.this));
                            channel.closeFuture().addListener(closed -> {
                                remaining.countDown();
                                next();
                            });
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port);
        }
    }

    /** That of tcnative, which Netty gives nobody; its public methods return OpenSSL's, which ends the process in this place. */
    private long contextPointer() throws ReflectiveOperationException {
        Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
        field.setAccessible(true);
        return field.getLong(tls);
    }

    private static long sslPointer(SslHandler handler) {
        return ((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer();
    }

    private static final class Client extends SimpleChannelInboundHandler<ByteBuf> {
        private final Round round;
        private final StringBuilder answer = new StringBuilder();

        private Client(Round round) {
            this.round = round;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                if (SSL.isSessionReused(sslPointer(ctx.pipeline().get(SslHandler.class)))) {
                    round.resumed.incrementAndGet();
                }
                byte[] request = Requests.upgrade().text().getBytes(StandardCharsets.US_ASCII);
                ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(request));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            answer.append(bytes.toString(StandardCharsets.US_ASCII));
            if (answer.indexOf("\r\n\r\n") > 0 && answer.indexOf("HTTP/1.1 101 ") == 0) {
                round.upgraded.incrementAndGet();
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
