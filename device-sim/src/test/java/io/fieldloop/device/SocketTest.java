package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device against somebody else's server: Netty's own WebSocket and TLS handlers on a loopback socket. */
class SocketTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();
    private final List<WebSocketFrame> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void shutDown() {
        heard.forEach(WebSocketFrame::release);
        group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Channel server(@Nullable SslContext tls) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(4096))
                                .addLast(new WebSocketServerProtocolHandler("/xiaozhi/v1/"))
                                .addLast(new Script());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Answers the hello, and the second packet of the user's speech, which is the last, with a reply of ten packets. */
    private final class Script extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            heard.add(frame.retain());
            if (frame instanceof TextWebSocketFrame text && text.text().contains("\"hello\"")) {
                ctx.writeAndFlush(new TextWebSocketFrame(Bench.SERVER_HELLO));
            } else if (heard.stream()
                            .filter(BinaryWebSocketFrame.class::isInstance)
                            .count()
                    == 2) {
                ctx.write(new TextWebSocketFrame("{\"type\":\"tts\",\"state\":\"start\"}"));
                for (int packet = 0; packet < 10; packet++) {
                    ctx.write(new BinaryWebSocketFrame(ctx.alloc().buffer().writeZero(200)));
                }
                ctx.writeAndFlush(new TextWebSocketFrame("{\"type\":\"tts\",\"state\":\"stop\"}"));
            }
        }
    }

    private Device device(DeviceConfig config, int port) {
        Dialer dialer = (loop, host, nominalPort, pipeline) -> new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(pipeline)
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Device(config, new DeviceRuntime(group.next(), dialer, Bench.seeded(), () -> NOW), events::add);
    }

    private static int portOf(Channel server) {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static <T> T get(java.util.concurrent.CompletableFuture<T> future) {
        await().atMost(Duration.ofSeconds(30)).until(future::isDone);
        return future.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-wifi", "xiaozhi-ml307", "esp-idf-websocket", "strict-rfc6455"})
    void holdsAConversation(String profile) {
        Channel server = server(null);
        Device device = device(DeviceConfig.of("door", DeviceProfile.named(profile), Bench.URL), portOf(server));
        assertThat(get(device.openChannel())).isInstanceOf(ConnectOutcome.Online.class);
        assertThat(get(device.talk(Duration.ofMillis(120)))).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(events).contains(new DeviceEvent.AudioReceived(10, 2000, 0));
        device.closeChannel();
        await().until(() -> events.contains(new DeviceEvent.Offline(FailureReason.CLOSED_BY_USER, null)));
    }

    @Test
    void aCaseSensitiveClientDoesNotFindTheLowerCaseHeaderNettySends() {
        DeviceProfile profile = DeviceProfile.named("esp-idf-websocket-case-sensitive");
        Device device = device(DeviceConfig.of("door", profile, Bench.URL), portOf(server(null)));
        ConnectOutcome.Failed failed = (ConnectOutcome.Failed) get(device.openChannel());
        assertThat(failed.reason()).isEqualTo(FailureReason.ACCEPT_MISSING);
    }

    @Test
    void isRefusedWhereNobodyListens() throws IOException {
        // Bound, not listening. A listener that was closed may still take a connection: NIO keeps it until its next
        // select.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            DeviceConfig config = DeviceConfig.of("door", DeviceProfile.named("xiaozhi-wifi"), Bench.URL);
            Device device = device(config, bound.getLocalPort());
            ConnectOutcome.Failed failed = (ConnectOutcome.Failed) get(device.openChannel());
            assertThat(failed.reason()).isEqualTo(FailureReason.TCP_REFUSED);
        }
    }

    @Test
    void connectsOverTlsOnlyToACertificateItTrusts() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256, Bench.seeded());
        KeyPair keys = generator.generateKeyPair();
        X509Certificate certificate = selfSigned(keys);
        Channel server = server(
                SslContextBuilder.forServer(keys.getPrivate(), certificate).build());
        DeviceConfig config =
                DeviceConfig.of("door", DeviceProfile.named("xiaozhi-wifi"), "wss://gateway.test/xiaozhi/v1/");

        Device trusting = device(config.withTrustAnchors(List.of(certificate)), portOf(server));
        assertThat(get(trusting.openChannel())).isInstanceOf(ConnectOutcome.Online.class);
        assertThat(events)
                .filteredOn(DeviceEvent.TlsEstablished.class::isInstance)
                .first()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("version", "TLSv1.2"));

        Device doubting = device(config, portOf(server));
        ConnectOutcome.Failed failed = (ConnectOutcome.Failed) get(doubting.openChannel());
        assertThat(failed.reason()).isEqualTo(FailureReason.CERTIFICATE_UNTRUSTED);
        assertThat(failed.code()).isEqualTo("-0x2700");
        assertThat(failed.alertSent()).isEqualTo(48);
        assertThat(failed.text()).isEqualTo("mbedtls_ssl_handshake returned -0x2700");
        trusting.closeChannel();
    }

    private static X509Certificate selfSigned(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=gateway.test");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                java.math.BigInteger.ONE,
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(NOW.plus(Duration.ofDays(1))),
                name,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "gateway.test")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
