package io.fieldloop.scenario.diagnose.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.capture.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Streams put together of segments as captures have them: late, twice, cut off, put together by a card, or from the middle. */
final class TcpTableTest {

    private final Segments file = new Segments();
    private final List<TcpConnection> connections = new ArrayList<>();
    private final List<String> streams = new ArrayList<>();

    @Test
    void putsSegmentsInOrderAndReadsNoneTwice() throws IOException {
        file.opened();
        file.up(Segments.ACK, 1, "ab");
        file.up(Segments.ACK, 5, "ef");
        file.up(Segments.ACK, 3, "cd");
        file.up(Segments.ACK, 1, "ab");
        file.up(Segments.ACK, 5, "efgh");

        read();
        assertThat(streams).containsExactly("abcdefgh", "");
        assertThat(connections.get(0).client().passage().repeated()).isEqualTo(1);
        assertThat(connections.get(0).client().early()).isEqualTo(1);
    }

    /** The receiver has it, so only the capture has missed it. */
    @Test
    void leavesOutWhatWasAcknowledgedAndNotCaptured() throws IOException {
        file.opened();
        file.up(Segments.ACK, 1, "ab");
        file.up(Segments.ACK, 5, "ef");
        file.down(Segments.ACK, 1, 7, "");

        read();
        assertThat(streams).containsExactly("ab~ef", "");
        assertThat(connections.get(0).client().missing()).isEqualTo(2);
    }

    @Test
    void readsWhatWaitedWhenTheCaptureEnds() throws IOException {
        file.opened();
        file.up(Segments.ACK, 3, "cd");

        read();
        assertThat(streams).containsExactly("~cd", "");
    }

    @Test
    void readsWhatIsThereOfAPacketThatWasCut() throws IOException {
        file.opened();
        file.packet(true, Segments.ACK, 1, 1, "ab", 6, false);
        file.up(Segments.ACK, 7, "gh");

        read();
        assertThat(streams).containsExactly("ab~gh", "");
    }

    /** A card cuts such a segment only after the capture; its IP header has no length yet. */
    @Test
    void readsASegmentThatHasNoLengthYet() throws IOException {
        file.opened();
        file.packet(true, Segments.ACK, 1, 1, "x".repeat(3000), 3000, true);

        read();
        assertThat(streams.get(0)).hasSize(3000);
    }

    @Test
    void beginsInTheMiddleOfAConnection() throws IOException {
        file.down(Segments.ACK, 5000, 9000, "answer");
        file.up(Segments.ACK, 9000, "question");

        read();
        assertThat(streams).containsExactly("question", "answer");
        assertThat(connections.get(0).syn()).isNull();
        assertThat(connections.get(0).ends()).hasToString("10.0.0.1:50000 -> 10.0.0.2:443");
    }

    @Test
    void takesAnotherSynOfTheSamePortsForAnotherConnection() throws IOException {
        file.opened();
        file.up(Segments.FIN, 1, "");
        file.down(Segments.FIN, 1, 2, "");
        file.packet(true, Segments.SYN, 9_000_000, 0, "", 0, false);
        file.packet(false, Segments.SYN | Segments.ACK, 8_000_000, 9_000_001, "", 0, false);
        file.packet(true, Segments.ACK, 9_000_001, 8_000_001, "again", 5, false);

        read();
        assertThat(connections).hasSize(2);
        assertThat(streams).containsExactly("", "", "again", "");
    }

    @Test
    void takesASynThatComesAgainForTheSameConnection() throws IOException {
        file.packet(true, Segments.SYN, 0, 0, "", 0, false);
        file.packet(true, Segments.SYN, 0, 0, "", 0, false);
        file.packet(false, Segments.RST, 0, 1, "", 0, false);

        read();
        assertThat(connections).hasSize(1);
        assertThat(connections.get(0).syns()).isEqualTo(2);
        assertThat(connections.get(0).synAck()).isNull();
        assertThat(Objects.requireNonNull(connections.get(0).server().reset()).packet())
                .isEqualTo(3);
    }

    @Test
    void countsNumbersOnWhereTheyWrapAround() throws IOException {
        file.packet(true, Segments.SYN, -3, 0, "", 0, false);
        file.packet(false, Segments.SYN | Segments.ACK, 0, -2, "", 0, false);
        file.packet(true, Segments.ACK, -2, 1, "abcd", 4, false);
        file.packet(true, Segments.ACK, 2, 1, "ef", 2, false);

        read();
        assertThat(streams).containsExactly("abcdef", "");
    }

    private void read() throws IOException {
        TcpTable<Text> table = new TcpTable<>(Text::new, (connection, text) -> {
            connections.add(connection);
            streams.add(text.client.toString());
            streams.add(text.server.toString());
        });
        Frame frame = new Frame();
        try (CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(file.bytes()))) {
            for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
                assertThat(frame.read(packet)).isTrue();
                table.accept(0, frame, packet.number(), packet.nanos());
            }
        }
        table.end();
    }

    /** The two streams as text, a tilde for what is missing. */
    private static final class Text implements StreamReader {
        private final StringBuilder client = new StringBuilder();
        private final StringBuilder server = new StringBuilder();

        @Override
        public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
            (fromClient ? client : server).append(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void gap(boolean fromClient) {
            (fromClient ? client : server).append('~');
        }

        @Override
        public int footprint() {
            return 0;
        }
    }
}
