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
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.internal.tcnative.SSL;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * Clients that connect, shake hands, upgrade to WebSocket, and leave; each for a new TLS session, or taking up one of those before.
 *
 * <p>They share keys on X25519, as devices do: BoringSSL would offer a hybrid with ML-KEM first, which of the servers compared only the gateway has,
 * and which costs more.
 */
final class HandshakeLoad {
    private static final int AT_ONCE = 8;

    private final EventLoopGroup group;
    private final SslContext tls;
    private final int port;
    private final boolean resumes;
    private final AtomicInteger toStart;
    private final AtomicInteger upgraded = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final CountDownLatch remaining;

    private HandshakeLoad(EventLoopGroup group, SslContext tls, int port, boolean resumes, int count) {
        this.group = group;
        this.tls = tls;
        this.port = port;
        this.resumes = resumes;
        this.toStart = new AtomicInteger(count);
        this.remaining = new CountDownLatch(count);
    }

    /** What clients of one server have in common, their sessions too; {@code version} as TLS names it. */
    static SslContext clients(String version) throws SSLException {
        SslContext clients = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(version)
                .option(OpenSslContextOption.GROUPS, new String[] {"x25519", "secp256r1"})
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .build();
        ((OpenSslSessionContext) clients.sessionContext())
                .setTicketKeys(); // else TLS 1.2 offers no tickets, and Node knows no ids
        return clients;
    }

    /** Blocks until so many clients have come and gone. */
    static void run(EventLoopGroup group, int port, SslContext clients, boolean resumes, int count) throws Exception {
        HandshakeLoad load = new HandshakeLoad(group, clients, port, resumes, count);
        int atOnce = resumes ? 1 : AT_ONCE; // so that the first of all has a session for the next
        for (int i = 0; i < atOnce; i++) {
            load.next();
        }
        if (!load.remaining.await(600, TimeUnit.SECONDS) || load.upgraded.get() != count) {
            throw new IllegalStateException(load.upgraded + " of " + count + " clients were upgraded");
        }
        int expected = resumes ? count - 1 : 0; // the first of all has nothing to resume
        if (load.resumed.get() < expected || (!resumes && load.resumed.get() > 0)) {
            throw new IllegalStateException(load.resumed + " of " + count + " sessions were resumed");
        }
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
                    protected void initChannel(Channel channel) throws SSLException {
                        SslHandler handler = resumes
                                ? tls.newHandler(channel.alloc(), "gateway.test", port)
                                : tls.newHandler(channel.alloc());
                        channel.pipeline().addLast(handler, new Client());
                        channel.closeFuture().addListener(closed -> {
                            remaining.countDown();
                            next();
                        });
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port);
    }

    private final class Client extends SimpleChannelInboundHandler<ByteBuf> {
        private final StringBuilder answer = new StringBuilder();

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                SslHandler handler = ctx.pipeline().get(SslHandler.class);
                if (SSL.isSessionReused(((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer())) {
                    resumed.incrementAndGet();
                }
                byte[] request = Requests.upgrade().text().getBytes(StandardCharsets.US_ASCII);
                ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(request));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            answer.append(bytes.toString(StandardCharsets.US_ASCII));
            if (answer.indexOf("\r\n\r\n") > 0 && answer.indexOf("HTTP/1.1 101 ") == 0) {
                upgraded.incrementAndGet();
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
