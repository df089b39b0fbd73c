package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that a person puts on while devices are connected, over HTTP as curl would. */
final class LiveBenchTest {
    private static final String OTHER = "02:00:00:00:00:02";

    private final ServedBench bench = new ServedBench();

    @TempDir
    private Path folder;

    @Test
    void aFaultMeetsTheDeviceItIsForWhileItIsOnAndNoOther() throws Exception {
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0")) {
            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 101");

            JsonNode on = bench.put(
                    served,
                    "{\"do\": \"answer-status\", \"status\": 503, \"of\": \"" + ServedBench.DEVICE + "\"}",
                    201);

            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 503");
            assertThat(bench.upgrade(served, OTHER)).startsWith("HTTP/1.1 101");
            assertThat(bench.faults(served).get(0).path("acted").asInt()).isOne();
            assertThat(bench.send(
                                    served,
                                    "DELETE",
                                    "/faults/" + on.path("number").asLong(),
                                    "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 101");
            bench.awaitPrinted("fault 1 on: { do: answer-status, status: 503, of: \"" + ServedBench.DEVICE + "\" }");
            bench.awaitPrinted("fault 1 taken off");
        }
    }

    @Test
    void aFaultThatHasATimeGoesByItself() throws Exception {
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0")) {
            bench.put(served, "{\"do\": \"stall-response\", \"for\": \"200ms\"}", 201);

            await().untilAsserted(() -> assertThat(bench.faults(served)).isEmpty());
            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void aSessionThatIsOpenIsClosed() throws Exception {
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0");
                Socket device = bench.connect(served, ServedBench.DEVICE);
                Socket other = bench.connect(served, OTHER)) {
            bench.put(served, "{\"do\": \"drop-session\", \"of\": \"" + ServedBench.DEVICE + "\"}", 201);

            assertThat(device.getInputStream().read()).isEqualTo(-1);
            assertThat(bench.sessions(served)).hasSize(1);
            assertThat(other.isClosed()).isFalse();
        }
    }

    @Test
    void theCertificateExpiresForNewConnectionsAndIsItselfAgain() throws Exception {
        try (ServedGateway served = bench.serve(
                "--wss",
                "0",
                "--admin",
                "0",
                "--root-out",
                folder.resolve("root.pem").toString())) {
            served.address(ListenOptions.WSS);
            certificate(served).checkValidity();

            bench.put(served, "{\"renew-certificate\": {\"valid\": [\"-90d\", \"-1d\"]}}", 201);

            X509Certificate expired = certificate(served);
            assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
            assertThat(expired.getSubjectAlternativeNames().toString()).contains("localhost");
            bench.send(served, "DELETE", "/faults/1", "");
            certificate(served).checkValidity();
        }
    }

    @Test
    void whatCannotBeIsOneSentence() throws Exception {
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0")) {
            assertThat(bench.refused(served, "{\"outage\": \"2s\"}")).contains("serve with --link");
            assertThat(bench.refused(served, "{\"names\": {\"of\": \"gateway.test\", \"says\": \"servfail\"}}"))
                    .contains("serve with --run-firmware");
            assertThat(bench.refused(served, "{\"renew-certificate\": {}}")).contains("--wss or --mqtts");
            assertThat(bench.refused(served, "{\"do\": \"stall-tls\", \"of\": \"somebody\"}"))
                    .contains("no device has said to be somebody yet");
            bench.put(served, "{\"do\": \"omit-accept\"}", 201);
            assertThat(bench.refused(served, "{\"do\": \"wrong-accept\"}"))
                    .contains("both decide Sec-WebSocket-Accept");
            for (int i = 1; i < 64; i++) {
                bench.put(served, "{\"do\": \"send-text\", \"text\": \"x\", \"after\": \"1h\"}", 201);
            }
            assertThat(bench.refused(served, "{\"do\": \"stall-tls\"}")).contains("64 faults are on already");
        }
    }

    private static X509Certificate certificate(ServedGateway served) throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        InetSocketAddress address = served.address(ListenOptions.WSS);
        try (SSLSocket socket =
                (SSLSocket) any.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** What is shown is looked at, not believed. */
    private static final class TrustsAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
