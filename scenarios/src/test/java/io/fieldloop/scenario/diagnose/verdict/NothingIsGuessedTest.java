package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Where packets do not say why, no cause is claimed. */
final class NothingIsGuessedTest {
    private final Segments capture = new Segments();

    /** The xiaozhi client never looks at the header that is missing here. */
    @Test
    void doesNotBlameAHeaderThatTheClientDoesNotRead() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: gateway.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        String answer = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
        capture.opened();
        capture.up(Segments.ACK, 1, request);
        capture.down(Segments.ACK, 1, 1 + request.length(), answer);
        capture.up(Segments.FIN, 1 + request.length(), "");

        assertThat(told().causes()).isEmpty();
    }

    @Test
    void doesNotCallASynUnansweredWhereTheCaptureEndsWithIt() throws IOException {
        capture.packet(true, Segments.SYN, 0, 0, "", 0, false);

        assertThat(told().causes())
                .singleElement()
                .satisfies(cause -> assertThat(cause.confidence()).isEqualTo(Confidence.POSSIBLE));
    }

    @Test
    void saysNothingOfAConnectionWhoseBeginningIsMissing() throws IOException {
        capture.down(Segments.ACK, 5000, 9000, "some answer");
        capture.up(Segments.FIN, 9000, "");

        assertThat(told().causes()).isEmpty();
    }

    @Test
    void doesNotCallTheSecondHalfOfAConnectionSoundThatIsAlsoReset() throws IOException {
        capture.down(Segments.ACK, 5000, 9000, "some answer");
        capture.down(Segments.RST, 5011, 9000, "");

        assertThat(read().diagnosis().summary()).endsWith("none with a fault, 1 not to be judged");
        assertThat(read().isEmpty()).isTrue();
        assertThat(read().diagnosis().findings())
                .singleElement()
                .returns("No verdict", Finding::part)
                .satisfies(finding -> assertThat(finding.seen())
                        .extracting(Evidence::shown)
                        .containsSequence(
                                "+0.000 s the capture begins in the middle of the connection", "+0.000 s server: RST"));
    }

    private Told told() throws IOException {
        return read().connections().get(0);
    }

    private CaptureDiagnosis read() throws IOException {
        CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(capture.bytes()));
        return CaptureDiagnosis.read("x", reader, new Secrets());
    }
}
