package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the way did to packets is told by their numbers, and nothing of it where there is another explanation. */
final class PathTest {
    private static final String LARGE = "x".repeat(1400);

    private final Segments capture = new Segments();

    @Test
    void seesThatLargeSegmentsVanishAndSmallOnesPass() throws IOException {
        opened(40);
        capture.up(Segments.ACK, 1, "hello");
        capture.after(40).down(Segments.ACK, 1, 6, LARGE);
        capture.after(1).down(Segments.ACK, 1401, 6, "the end of it");
        capture.after(40).up(Segments.ACK, 6, "");
        capture.after(300).down(Segments.ACK, 1, 6, LARGE);
        capture.after(600).down(Segments.ACK, 1, 6, LARGE);
        capture.after(10).up(Segments.ACK, 6, "are you there");

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("mtu-black-hole");
            assertThat(cause.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(cause.evidence().get(0).place()).isEqualTo("packet 8");
            assertThat(cause.evidence().get(0).shown()).endsWith("server: 1400 bytes again");
        });
        assertThat(isFault()).isTrue();
    }

    @Test
    void isCertainOfItWhereARouterSaysSo() throws IOException {
        opened(40);
        capture.up(Segments.ACK, 1, LARGE);
        capture.unreachable(4);
        capture.after(300).up(Segments.ACK, 1, LARGE);
        capture.after(600).up(Segments.ACK, 1, LARGE);
        capture.after(10).down(Segments.ACK, 1, 1, "say something");

        assertThat(causes())
                .extracting(Cause::word, Cause::confidence)
                .containsExactly(tuple("mtu-black-hole", Confidence.CERTAIN));
    }

    @Test
    void seesTheHoleWhereItWasCapturedBehindIt() throws IOException {
        opened(40);
        capture.up(Segments.ACK, 1, "hello");
        capture.after(40).down(Segments.ACK, 1401, 6, "the end of it");
        capture.after(5000).up(Segments.ACK, 6, "");

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("mtu-black-hole");
            assertThat(cause.evidence().get(0).says()).startsWith("the 1400 bytes before it never did");
        });
    }

    /** Nothing at all comes back: that is an outage and says nothing about sizes. */
    @Test
    void doesNotTakeAnOutageForABlackHole() throws IOException {
        opened(40);
        for (int i = 0; i < 5; i++) {
            capture.after(1000).up(Segments.ACK, 1, LARGE);
        }

        assertThat(causes()).extracting(Cause::word).containsExactly("packet-loss");
    }

    @Test
    void countsWhatWasSentAgainAndHowManyInARow() throws IOException {
        opened(40);
        for (int i = 0; i < 20; i++) {
            capture.after(5).down(Segments.ACK, 1 + i * 10, 1, "0123456789");
        }
        for (int i = 5; i < 9; i++) {
            capture.after(5).down(Segments.ACK, 1 + i * 10, 1, "0123456789");
        }
        capture.after(40).up(Segments.ACK, 1, "");

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("packet-loss");
            assertThat(cause.evidence().get(0).says()).isEqualTo("4 of its 24 segments came again, up to 4 in a row");
        });
        assertThat(isFault()).isFalse();
    }

    @Test
    void tellsTheWakingRadioFromTheWayItself() throws IOException {
        opened(60);
        int at = said(1, 5, 10, 60);
        at = said(at, 3, 12_000, 900);
        said(at, 1, 10, 60);

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("radio-wake");
            assertThat(cause.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(cause.evidence().get(0).says())
                    .isEqualTo("acknowledged after 900 ms (3 such: 900 ms on average), others after 60 ms");
        });
        assertThat(isFault()).isFalse();
    }

    @Test
    void saysNothingOfARadioWhereEveryPacketTakesAsLong() throws IOException {
        opened(900);
        int at = said(1, 5, 10, 900);
        said(at, 3, 12_000, 900);

        assertThat(causes()).isEmpty();
    }

    /** A server that answers after a while acknowledges with the answer. */
    @Test
    void doesNotTakeASlowAnswerForASlowRadio() throws IOException {
        opened(60);
        int at = said(1, 5, 10, 60);
        for (int i = 0; i < 3; i++) {
            capture.after(12_000).up(Segments.ACK, at, "question");
            at += 8;
            capture.after(900).down(Segments.ACK, 1 + i * 6, at, "answer");
        }

        assertThat(causes()).isEmpty();
    }

    @Test
    void seesThatPacketsWaitBehindTheSendersOwn() throws IOException {
        opened(60);
        int at = said(1, 5, 10, 60);
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < 8; k++) {
                capture.after(1).up(Segments.ACK, at, LARGE);
                at += LARGE.length();
            }
            capture.after(60).down(Segments.ACK, 1, at - 7 * LARGE.length(), "");
            capture.after(1).up(Segments.ACK, at, LARGE);
            at += LARGE.length();
            capture.after(900).down(Segments.ACK, 1, at, "");
        }

        assertThat(causes()).extracting(Cause::word).containsExactly("bufferbloat");
    }

    @Test
    void aResetThatTravelledLessFarThanTheServersPacketsWasSentOnTheWay() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        opened(40);
        capture.up(Segments.ACK, 1, request);
        capture.after(40).timeToLive(52).down(Segments.ACK, 1, 1 + request.length(), "HTTP/1.1 ");
        capture.timeToLive(254).down(Segments.RST, 10, 1 + request.length(), "");

        assertThat(read().connections().get(0).causes())
                .flatExtracting(Cause::evidence)
                .extracting(one -> one.says())
                .anyMatch(says -> says.startsWith("sent with time to live 254 where the server's packets have 52"));
    }

    @Test
    void tellsThatAReceiverHadNoRoomLeft() throws IOException {
        opened(40);
        capture.up(Segments.ACK, 1, "hello");
        capture.after(40).window(0).down(Segments.ACK, 1, 6, "");

        assertThat(read().diagnosis().findings())
                .flatExtracting(one -> one.seen())
                .extracting(one -> one.shown())
                .contains("a receiver had no room left (zero window in packet 5)");
    }

    @Test
    void takesWhatIsSentToAClosedWindowForNoLoss() throws IOException {
        opened(40);
        capture.up(Segments.ACK, 1, LARGE);
        capture.after(40).window(0).down(Segments.ACK, 1, 1, "");
        for (int again = 0; again < 3; again++) {
            capture.after(300).window(1024).up(Segments.ACK, 1, LARGE);
            capture.after(40).window(0).down(Segments.ACK, 1, 1, "");
        }
        capture.after(300).window(1024).down(Segments.ACK, 1, 1, "");
        capture.up(Segments.ACK, 1, LARGE);
        capture.after(40).down(Segments.ACK, 1, 1401, "");

        assertThat(read().diagnosis().findings())
                .flatExtracting(one -> one.seen())
                .extracting(one -> one.shown())
                .contains("a receiver had no room left (zero window in packet 5) and was asked 3 times whether it has")
                .contains("1 of 2 segments were sent again");
        assertThat(causes()).extracting(Cause::word).doesNotContain("mtu-black-hole");
    }

    private void opened(double roundTripMillis) {
        capture.packet(true, Segments.SYN, 0, 0, "", 0, false);
        capture.after(roundTripMillis).packet(false, Segments.SYN | Segments.ACK, 0, 1, "", 0, false);
        capture.up(Segments.ACK, 1, "");
    }

    /** The client says something several times, and each is acknowledged by itself; returns its next number. */
    private int said(int from, int times, double pauseMillis, double roundTripMillis) {
        int at = from;
        for (int i = 0; i < times; i++) {
            capture.after(pauseMillis).up(Segments.ACK, at, "ping");
            at += 4;
            capture.after(roundTripMillis).down(Segments.ACK, 1, at, "");
        }
        return at;
    }

    private List<Cause> causes() throws IOException {
        return read().connections().get(0).onTheWay();
    }

    private boolean isFault() throws IOException {
        Diagnosis diagnosis = read().diagnosis();
        return diagnosis.isFault(CauseTexts.bundled());
    }

    private CaptureDiagnosis read() throws IOException {
        byte[] file = capture.bytes();
        return CaptureDiagnosis.read("x", CaptureReader.of("x", new ByteArrayInputStream(file)), new Secrets());
    }
}
