package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's TLS on a real socket: an implementation that shares nothing with this one. */
class JdkServerTest {

    private static final TestPki PKI = new TestPki(3);

    @ParameterizedTest
    @CsvSource({
        "EC, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "RSA, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "EC, TLSv1.3, TLS_AES_256_GCM_SHA384"
    })
    void echoes(String keyKind, String version, String suite) throws Exception {
        TestPki.Chain chain = keyKind.equals("EC")
                ? PKI.ecLeaf(TestPki.HOST, TestPki.valid())
                : PKI.rsaLeaf(TestPki.HOST, TestPki.valid());
        ClientHelloShape shape = version.equals("TLSv1.3") ? ClientHelloShape.DESKTOP : ClientHelloShape.ESP_IDF_5;
        try (ServerSocket server = echoServer(chain, version);
                LoopbackClient client = new LoopbackClient(
                        TlsRig.config().shape(shape).trusts(PKI.root()).build(), server.getLocalPort())) {
            TlsEstablished established = client.established();

            assertThat(established.version()).isEqualTo(version);
            assertThat(established.suite()).isEqualTo(suite);
            String long40k = "y".repeat(40_000) + "!";
            assertThat(client.ask(long40k, "!")).isEqualTo(long40k);
        }
    }

    /** Java's tickets are sealed by Java, so that only the protocol can make this work. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takesItsSessionUpAgainWhereItsBuildKeepsThem(String version) throws Exception {
        ClientHelloShape stock = version.equals("TLSv1.3")
                ? TlsGeneration.named("idf-5.5").withTls13()
                : TlsGeneration.named("idf-5.5").stock();
        ClientHelloShape keeping = stock.with(TlsTrait.KEEPS_SESSIONS);
        KeptSessions sessions = new KeptSessions();
        try (ServerSocket server = echoServer(PKI.ecLeaf(TestPki.HOST, TestPki.valid()), version)) {
            assertThat(isResumed(server, keeping, sessions)).isFalse();
            assertThat(isResumed(server, keeping, sessions)).isTrue();
            assertThat(isResumed(server, stock, sessions)).isFalse();
            sessions.clear();
            assertThat(isResumed(server, keeping, sessions)).isFalse();
        }
    }

    /** A ticket of Java 17 carries the certificate, and this is one that fits a record of 1 KiB by itself; measured the same with mbedTLS 2.28.3 and 3.6.6. */
    @EnabledOnJre(
            value = JRE.JAVA_17,
            disabledReason = "such a device connects to Java 25; the releases between were not measured")
    @ParameterizedTest
    @CsvSource({"idf-4.4, false, -0x7200", "idf-4.4, true, -0x7080", "idf-5.5, false, -0x7200", "idf-5.5, true,"})
    void itsTicketIsLongerThanARecordOf1KibWhereItsCertificateIsNot(
            String generation, boolean asks, @Nullable String code) throws Exception {
        ClientHelloShape stock = TlsGeneration.named(generation).stock();
        TlsClientConfig config = TlsRig.config()
                .shape(asks ? stock.askingSmallRecords() : stock)
                .heap(HeapBudget.espIdf(160_000).withRecordBytes(1024, 1024))
                .verification(Verification.NONE)
                .build();
        try (ServerSocket server = echoServer(PKI.ecLeaf("x".repeat(100), TestPki.valid()), "TLSv1.2");
                LoopbackClient client = new LoopbackClient(config, server.getLocalPort())) {
            if (code == null) {
                assertThat(client.established().version()).isEqualTo("TLSv1.2");
            } else {
                assertThat(client.failure().code()).isEqualTo(code);
            }
        }
    }

    private static boolean isResumed(ServerSocket server, ClientHelloShape shape, KeptSessions sessions) {
        TlsClientConfig config = TlsRig.config()
                .shape(shape)
                .sessions(sessions)
                .trusts(PKI.root())
                .build();
        try (LoopbackClient client = new LoopbackClient(config, server.getLocalPort())) {
            boolean resumed = client.established().resumed();
            client.ask("hello!", "!"); // by then a ticket of TLS 1.3 has arrived
            return resumed;
        }
    }

    @Test
    void serverWithTls13OnlyAnswersWithAlert70() throws Exception {
        try (ServerSocket server = echoServer(PKI.ecLeaf(TestPki.HOST, TestPki.valid()), "TLSv1.3");
                LoopbackClient client = new LoopbackClient(TlsRig.config().build(), server.getLocalPort())) {
            DeviceTlsException failure = client.failure();

            assertThat(failure.code()).isEqualTo("-0x7780");
            assertThat(failure.reason()).isEqualTo(FailureReason.PROTOCOL_VERSION);
            assertThat(failure.alertReceived()).isEqualTo(70);
        }
    }

    @Test
    void tcpResetInTheHandshake() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoopbackClient client = new LoopbackClient(TlsRig.config().build(), server.getLocalPort())) {
            Socket connection = server.accept();
            connection.setSoLinger(true, 0);
            connection.close();

            assertThat(client.failure().code()).isEqualTo("-0x0050");
            assertThat(client.failure().reason()).isEqualTo(FailureReason.TCP_RESET);
        }
    }

    @Test
    void finInTheHandshake() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoopbackClient client = new LoopbackClient(TlsRig.config().build(), server.getLocalPort())) {
            try (Socket connection = server.accept()) {
                assertThat(connection.getInputStream().read()).isEqualTo(0x16);
                connection.getInputStream().readNBytes(233); // the rest of the ClientHello, else close() resets
            }

            assertThat(client.failure().code()).isEqualTo("-0x7280");
            assertThat(client.failure().reason()).isEqualTo(FailureReason.TLS_EOF);
        }
    }

    private static ServerSocket echoServer(TestPki.Chain chain, String version) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "server",
                chain.key(),
                new char[0],
                chain.only(0, 1).certificates().toArray(Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new TrustManager[0], TestPki.seeded(5));
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {version});
        Thread echo = new Thread(() -> echo(server), "echo");
        echo.setDaemon(true);
        echo.start();
        return server;
    }

    private static void echo(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connection.getInputStream().transferTo(connection.getOutputStream());
            } catch (IOException e) {
                // The device's side tells how it ended.
            }
        }
    }
}
