package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever tries the server from a desktop first: curl, a browser, a script. */
final class ClientsThatAreNoFirmwareTest {
    /** curl 7.88 against nginx 1.22 with a certificate for other.test: it looks at the name when TLS is done, and sends no alert. */
    @Test
    void closesWithoutAWordForTheNameInTheCertificate() throws IOException {
        try (InputStream file =
                ClientsThatAreNoFirmwareTest.class.getResourceAsStream("curl-closes-for-the-name.pcap")) {
            assertThat(causes(Objects.requireNonNull(file).readAllBytes()))
                    .singleElement()
                    .satisfies(cause -> {
                        assertThat(cause.word()).isEqualTo("certificate-name-mismatch");
                        assertThat(cause.confidence()).isEqualTo(Confidence.LIKELY);
                        assertThat(cause.evidence().get(0).says())
                                .isEqualTo("the client asked for voice.test, and the certificate is for other.test");
                    });
        }
    }

    /** websockets 10.4 (Python) sends 1000 and waits for the server's FIN, which the gateway sends at once. */
    @Test
    void aClientThatClosesFirstIsNotClosedByTheServer() throws IOException {
        try (InputStream file =
                ClientsThatAreNoFirmwareTest.class.getResourceAsStream("websockets-client-closes-first.pcap")) {
            assertThat(causes(Objects.requireNonNull(file).readAllBytes())).isEmpty();
        }
    }

    @Test
    void tellsOfARequestThatIsNoUpgradeOnlyWhereItIsAnsweredWithAnError() throws IOException {
        assertThat(causes(request("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")))
                .singleElement()
                .satisfies(cause -> assertThat(cause.word()).isEqualTo("http-refused"));
        assertThat(causes(request("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")))
                .isEmpty();
    }

    /** The ws of Node.js and curl read on; xiaozhi and ESP-IDF take the first head for the answer, and so does their diagnosis. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== |
            Authorization: x\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\nUpgrade: websocket | upgrade-refused
            User-Agent: ESP32 Websocket Client\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\nUpgrade: websocket | upgrade-refused
            """)
    void whoReadsOnBehindAnInterimAnswer(String headers, String reason) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: gateway.test\r\n" + headers.translateEscapes() + "\r\n\r\n";
        String answers = String.join(
                "\r\n",
                "HTTP/1.1 103 Early Hints",
                "",
                "HTTP/1.1 101 Switching Protocols",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "",
                "");
        assertThat(causes(exchange(request, answers)))
                .extracting(Cause::word)
                .isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void theAnswerBehindAnInterimOneCounts() throws IOException {
        assertThat(causes(
                        request("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")))
                .extracting(Cause::word)
                .containsExactly("http-refused");
    }

    private static byte[] request(String answer) {
        return exchange("POST /xiaozhi/ota/ HTTP/1.1\r\nHost: gateway.test\r\nContent-Length: 0\r\n\r\n", answer);
    }

    private static byte[] exchange(String request, String answer) {
        Segments capture = new Segments();
        capture.opened();
        capture.up(Segments.ACK, 1, request);
        capture.down(Segments.ACK, 1, 1 + request.length(), answer);
        capture.up(Segments.FIN, 1 + request.length(), "");
        return capture.bytes();
    }

    private static List<Cause> causes(byte[] file) throws IOException {
        CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(file));
        return CaptureDiagnosis.read("x", reader, new Secrets())
                .connections()
                .get(0)
                .causes();
    }
}
