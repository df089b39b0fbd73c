package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What name servers answered, or did not. */
final class NamesInCapturesTest {
    private static final int NAME_SERVER = 53;
    private static final int PORT = 50_123;
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int NO_ERROR = 0;

    private Segments capture = new Segments();

    @Test
    void aQuestionThatNobodyAnswers() throws IOException {
        ask(A);
        capture.after(1000);
        ask(A);

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("dns-failure");
            assertThat(cause.evidence()).extracting(one -> one.place()).containsExactly("packet 1", "packet 2");
            assertThat(cause.evidence().get(0).says()).isEqualTo("2 times in all");
        });
    }

    @ParameterizedTest
    @CsvSource({"3, NXDOMAIN", "2, SERVFAIL", "5, REFUSED"})
    void anAnswerThatIsAnError(int code, String word) throws IOException {
        ask(A);
        answer(A, code, new byte[0]);

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.confidence()).isEqualTo(Confidence.CERTAIN);
            assertThat(cause.evidence().get(1).shown()).startsWith(word);
        });
    }

    /** lwIP built without IPv6 asks for A alone, and has nothing to dial. */
    @Test
    void aNameThatHasNoAddressOfTheKindAskedFor() throws IOException {
        ask(A);
        answer(A, NO_ERROR, new byte[0]);

        assertThat(causes())
                .singleElement()
                .satisfies(cause -> assertThat(cause.evidence().get(1).shown()).startsWith("no address"));
    }

    @Test
    void anAnswerThatLwipNoLongerTakes() throws IOException {
        ask(A);
        capture.after(6800);
        answer(A, NO_ERROR, new byte[] {(byte) 203, 0, 113, 9});
        assertThat(causes()).isEmpty();

        capture = new Segments();
        ask(A);
        capture.after(8000);
        answer(A, NO_ERROR, new byte[] {(byte) 203, 0, 113, 9});
        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("dns-failure");
            assertThat(cause.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(cause.evidence().get(1).shown()).isEqualTo("the answer, after 8.020 s");
        });
    }

    @Test
    void bothKindsAskedForAndOneThereIsNoFault() throws IOException {
        ask(A);
        ask(AAAA);
        answer(AAAA, NO_ERROR, new byte[0]);
        answer(A, NO_ERROR, new byte[] {(byte) 203, 0, 113, 9});

        assertThat(causes()).isEmpty();
    }

    /** In a network of one's own an inner address is right; where it leads nowhere, somebody may have answered for another. */
    @Test
    void anInnerAddressIsToldOnlyWhereItLedNowhere() throws IOException {
        ask(A);
        answer(A, NO_ERROR, new byte[] {10, 0, 0, 2});
        assertThat(causes()).isEmpty();

        capture.packet(true, Segments.SYN, 0, 0, "", 0, false);
        capture.after(20).packet(false, Segments.RST, 0, 1, "", 0, false);
        assertThat(causes())
                .extracting(Cause::word, Cause::confidence)
                .containsExactly(
                        tuple("private-address", Confidence.POSSIBLE), tuple("tcp-refused", Confidence.CERTAIN));
    }

    private void ask(int type) {
        capture.datagram(true, PORT, NAME_SERVER, message(0x0100, type, 0));
    }

    private void answer(int type, int code, byte[] address) {
        byte[] message = message(0x8180 | code, type, address.length == 0 ? 0 : 1);
        ByteBuffer all = ByteBuffer.allocate(message.length + (address.length == 0 ? 0 : 12 + address.length));
        all.put(message);
        if (address.length > 0) {
            // The name is that of the question; type, class, time to live, length.
            all.putShort((short) 0xC00C)
                    .putShort((short) type)
                    .putShort((short) 1)
                    .putInt(60);
            all.putShort((short) address.length).put(address);
        }
        capture.after(20).datagram(false, PORT, NAME_SERVER, all.array());
    }

    /** Identifier, flags, one question and so many answers; gateway.test, type, class IN. */
    private static byte[] message(int flags, int type, int answers) {
        byte[] name = "\7gateway\4test\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer message = ByteBuffer.allocate(12 + name.length + 4);
        message.putShort((short) 7).putShort((short) flags).putShort((short) 1).putShort((short) answers);
        message.putInt(0).put(name).putShort((short) type).putShort((short) 1);
        return message.array();
    }

    private List<Cause> causes() throws IOException {
        CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(capture.bytes()));
        Diagnosis diagnosis = CaptureDiagnosis.read("x", reader, new Secrets()).diagnosis();
        return diagnosis.findings().stream()
                .flatMap(one -> one.causes().stream())
                .toList();
    }
}
