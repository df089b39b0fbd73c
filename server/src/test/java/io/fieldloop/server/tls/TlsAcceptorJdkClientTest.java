package io.fieldloop.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.KeyKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The acceptor on real sockets against the Java runtime's own TLS client. */
final class TlsAcceptorJdkClientTest {
    private static final TlsConfig CONFIG = TlsConfig.serving(Fixtures.chain(KeyKind.P256));

    static Stream<Arguments> enginesAndVersions() {
        return Stream.of(Engine.BOUNCY_CASTLE, Engine.BORINGSSL)
                .flatMap(engine -> Stream.of(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3)
                        .map(version -> Arguments.of(engine, version)));
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.BOUNCY_CASTLE, Engine.BORINGSSL);
    }

    private static TlsAcceptor acceptor(TlsConfig config) {
        return new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK);
    }

    private static SSLSocket connect(EchoServer server, TlsVersion version) throws IOException {
        return connect(server, version, Fixtures.AUTHORITY.root());
    }

    private static SSLSocket connect(EchoServer server, TlsVersion version, X509Certificate anchor) throws IOException {
        SSLSocket socket = (SSLSocket)
                trusting(anchor).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("gateway.test")));
        parameters.setProtocols(new String[] {version.wireName()});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLContext trusting(X509Certificate anchor) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("root", anchor);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String echo(SSLSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String answer = new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.US_ASCII);
        writing.join();
        return answer;
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void carriesAMegabyteBothWays(Engine engine, TlsVersion version) throws IOException {
        String megabyte = "0123456789abcdef".repeat(1 << 16);
        try (EchoServer server = new EchoServer(acceptor(CONFIG.withEngine(engine)));
                SSLSocket socket = connect(server, version)) {
            assertThat(echo(socket, megabyte)).isEqualTo(megabyte);
            assertThat(socket.getSession().getProtocol()).isEqualTo(version.wireName());
            assertThat(server.observer.told)
                    .containsExactly(
                            "established " + version + " " + socket.getSession().getCipherSuite() + " gateway.test");
            assertThat(server.escaped).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void swapsTheCertificateForNewHandshakesAndKeepsSessions(Engine engine, TlsVersion version) throws IOException {
        CertificateChain renewed = Fixtures.chain(Fixtures.AUTHORITY, KeyKind.P256, "gateway.test");
        TlsAcceptor acceptor = acceptor(CONFIG.withEngine(engine));
        try (EchoServer server = new EchoServer(acceptor);
                SSLSocket early = connect(server, version)) {
            assertThat(echo(early, "before")).isEqualTo("before");

            acceptor.swap(Map.of("*", renewed));

            try (SSLSocket late = connect(server, version)) {
                assertThat(echo(late, "new")).isEqualTo("new");
                assertThat(late.getSession().getPeerCertificates()[0]).isEqualTo(renewed.leaf());
            }
            assertThat(echo(early, "after")).isEqualTo("after");
            assertThat(early.getSession().getPeerCertificates()[0])
                    .isEqualTo(CONFIG.byServerName().get("*").leaf());
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void tellsTheAlertOfAClientThatDoesNotKnowTheAuthority(Engine engine, TlsVersion version) throws IOException {
        try (EchoServer server = new EchoServer(acceptor(CONFIG.withEngine(engine)));
                SSLSocket socket =
                        connect(server, version, Fixtures.authority(99).root())) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);

            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.told).containsExactly("failed tls-alert-received sent null received 46");
            assertThat(server.escaped).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void callsAConnectionThatEndsInTheHandshakeEof(Engine engine) throws IOException {
        try (EchoServer server = new EchoServer(acceptor(CONFIG.withEngine(engine)))) {
            try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(BcTlsHandlerTest.espClientHello());
                assertThat(socket.getInputStream().read())
                        .as("a handshake record")
                        .isEqualTo(0x16);
                socket.shutdownOutput();
                await().until(() -> !server.observer.told.isEmpty());
            }
            assertThat(server.observer.told).containsExactly("failed eof sent null received null");
            assertThat(server.escaped).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void callsGarbageInTheMiddleAFailureAndLetsNothingEscape(Engine engine) throws IOException {
        try (EchoServer server = new EchoServer(acceptor(CONFIG.withEngine(engine)))) {
            try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(BcTlsHandlerTest.espClientHello());
                assertThat(socket.getInputStream().read())
                        .as("a handshake record")
                        .isEqualTo(0x16);
                byte[] nonsense = new byte[64];
                Arrays.fill(nonsense, (byte) 0x7f);
                socket.getOutputStream().write(nonsense);
                await().until(() -> !server.observer.told.isEmpty());
            }
            assertThat(server.observer.failures).hasSize(1);
            assertThat(server.observer.failures.get(0).reason().wireName()).isIn("tls-garbage", "tls-failed");
            assertThat(server.escaped).isEmpty();
        }
    }

    /** Each with its alert, which arrives although the client has more to send; RFC 8446, section 6.2. */
    @ParameterizedTest
    @CsvSource({
        "another message,            16 03 01 00 04  0b 00 00 00,                          10",
        "lengths that do not add up, 16 03 01 00 08  01 00 00 04 03 03 00 00,              50",
        "more than 16 KiB announced, 16 03 01 00 06  01 00 60 00 03 03,                    50",
        "an alert of three bytes,    15 03 01 00 03  02 28 00,                             50",
        "a record that is too long,  16 03 01 ff ff  01 00 00 04,                          22"
    })
    void answersWhatIsNoClientHelloWithAnAlert(String what, String hex, int alert) throws IOException {
        try (EchoServer server = new EchoServer(acceptor(CONFIG));
                java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
            socket.getOutputStream().write(new byte[100_000]);

            assertThat(socket.getInputStream().readNBytes(7)).as(what).containsExactly(0x15, 3, 3, 0, 2, 2, alert);
            assertThat(server.observer.told).containsExactly("failed tls-garbage sent " + alert + " received null");
        }
    }

    @Test
    void autoServesAChainInTheWrongOrderAndAKeyThatDoesNotFit() throws IOException {
        CertificateChain good = Fixtures.chain(KeyKind.P256);
        CertificateChain upsideDown = new CertificateChain(
                good.key(), List.of(good.leaf(), Fixtures.AUTHORITY.root(), Fixtures.AUTHORITY.intermediate()));
        try (EchoServer server = new EchoServer(acceptor(TlsConfig.serving(upsideDown)));
                SSLSocket socket = connect(server, TlsVersion.TLSv1_2)) {
            assertThat(echo(socket, "tolerated")).isEqualTo("tolerated");
            assertThat(socket.getSession().getPeerCertificates()).containsExactlyElementsOf(upsideDown.chain());
        }
        CertificateChain mismatch = new CertificateChain(
                Fixtures.chain(Fixtures.AUTHORITY, KeyKind.P256, "other.test").key(), good.chain());
        try (EchoServer server = new EchoServer(acceptor(TlsConfig.serving(mismatch)));
                SSLSocket socket = connect(server, TlsVersion.TLSv1_2)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.failures.get(0).alertReceived()).isNotNull();
        }
    }

    @Test
    void anEngineThatCannotSaysSoInOneSentence() {
        TlsConfig gap = CONFIG.withEngine(Engine.BORINGSSL).withVersions(Set.of(TlsVersion.TLSv1, TlsVersion.TLSv1_3));

        assertThatThrownBy(() -> acceptor(gap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The engine BORINGSSL cannot serve this listener: BoringSSL serves a range of versions and not"
                                + " [TLSv1, TLSv1.3]; ask for AUTO or BOUNCY_CASTLE.");
        assertThatThrownBy(() -> CONFIG.withCipherSuites(List.of("ECDHE-RSA-AES128-SHA")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"ECDHE-RSA-AES128-SHA\" is no cipher suite");
    }

    @Test
    void resetInTlsResetsTheSocket() throws IOException {
        try (EchoServer server = new EchoServer(acceptor(CONFIG), new TlsFault.ResetInTls());
                SSLSocket socket = connect(server, TlsVersion.TLSv1_2)) {
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(server.observer.told).containsExactly("fault reset-in-tls");
        }
    }
}
