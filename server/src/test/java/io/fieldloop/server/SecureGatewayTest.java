package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.tls.TlsVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The TLS port of a gateway, with the JDK's TLS on the other side. */
@OwnsWallClock("Certificates are judged by the JDK on the machine's clock.")
class SecureGatewayTest {
    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());

    @Test
    void upgradesOverTlsAndReportsIt() throws Exception {
        try (RunningGateway running = secure(chain("localhost"))) {
            try (SSLSocket client = connect(running)) {
                client.getOutputStream().write(ascii(Requests.upgrade().text()));
                assertThat(readHead(client)).startsWith("HTTP/1.1 101 ");
            }
            GatewayEvent.TlsEstablished tls = running.events().only(GatewayEvent.TlsEstablished.class);
            assertThat(tls.version()).isIn("TLSv1.2", "TLSv1.3");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> running.events().kinds().contains("session-closed"));
        }
    }

    @Test
    void refusesInsideTlsWithStatusAndOrderlyClose() throws Exception {
        try (RunningGateway running = secure(chain("localhost"));
                SSLSocket client = connect(running)) {
            client.getOutputStream()
                    .write(ascii(Requests.upgrade().target("/wrong").text()));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 404 ").endsWith("}\n");
        }
    }

    @Test
    void answersPlainHttpOnTheTlsPortInTheWordsOfNginx() throws Exception {
        try (RunningGateway running = secure(chain("localhost"));
                Socket client = new Socket()) {
            client.connect(running.gateway().address("wss"));
            client.getOutputStream().write(ascii(Requests.upgrade().text()));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("The plain HTTP request was sent to HTTPS port");
            Refusal refusal =
                    running.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.HTTP_ON_TLS);
            assertThat(refusal.firstBytes()).startsWith("GET /xiaozhi/v1/");
        }
    }

    @Test
    void closesOnAnRdpScanOfTheTlsPort() throws Exception {
        try (RunningGateway running = secure(chain("localhost"));
                Socket client = new Socket()) {
            client.connect(running.gateway().address("wss"));
            client.getOutputStream().write(new byte[] {3, 0, 0, 11, 6, (byte) 0xE0, 0, 0, 0, 0, 0});
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
            assertThat(running.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .refusal()
                            .reason())
                    .isEqualTo(RefusalReason.RDP_SCAN);
        }
    }

    @Test
    void recordsAVersionMismatch() throws Exception {
        TlsConfig only13 = TlsConfig.serving(chain("localhost")).withVersions(java.util.Set.of(TlsVersion.TLSv1_3));
        try (RunningGateway running = secure(only13)) {
            try (SSLSocket client = socket(running)) {
                client.setEnabledProtocols(new String[] {"TLSv1.2"});
                client.startHandshake();
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("protocol_version");
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> running.events().kinds().contains("handshake-refused"));
            Refusal refusal =
                    running.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.TLS_VERSION);
            assertThat(refusal.alert()).isEqualTo(70);
        }
    }

    @Test
    void swapsTheCertificateWithoutDroppingTheSession() throws Exception {
        try (RunningGateway running = secure(chain("localhost"));
                SSLSocket before = connect(running)) {
            before.getOutputStream().write(ascii(Requests.upgrade().text()));
            assertThat(readHead(before)).startsWith("HTTP/1.1 101 ");
            CertificateChain next = chain("localhost");
            running.gateway().swapCertificates(Map.of("*", next));

            try (SSLSocket after = connect(running)) {
                assertThat(after.getSession().getPeerCertificates()[0])
                        .isEqualTo(next.chain().get(0));
            }
            before.getOutputStream().write(Frames.masked(9, new byte[] {7}));
            assertThat(before.getInputStream().readNBytes(3)).containsExactly(0x8A, 0x01, 0x07);
            assertThat(running.events().kinds()).contains("certificate-swapped");
        }
    }

    private CertificateChain chain(String name) {
        Instant now = InstantSource.system().instant();
        return authority.issue(CertificateRequest.of(List.of(name), now.minusSeconds(3600), Duration.ofHours(25)));
    }

    private static RunningGateway secure(CertificateChain chain) {
        return secure(TlsConfig.serving(chain));
    }

    private static RunningGateway secure(TlsConfig tls) {
        return RunningGateway.with(
                config -> config.listener(ListenerConfig.secure("wss", RunningGateway.anyLoopbackPort(), tls)));
    }

    private SSLSocket connect(RunningGateway running) throws Exception {
        SSLSocket socket = socket(running);
        socket.startHandshake();
        return socket;
    }

    private SSLSocket socket(RunningGateway running) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", authority.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        int port = ((InetSocketAddress) running.gateway().address("wss")).getPort();
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    }

    private static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("Closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
