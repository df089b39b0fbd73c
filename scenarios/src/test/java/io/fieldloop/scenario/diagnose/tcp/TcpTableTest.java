package io.fieldloop.scenario.diagnose.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.capture.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Streams put together of segments as captures have them: late, twice, cut off, put together by a card, or from the middle. */
final class TcpTableTest {
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int FIN = 0x11;
    private static final int RST = 0x14;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<TcpConnection> connections = new ArrayList<>();
    private final List<String> streams = new ArrayList<>();

    TcpTableTest() {
        file.writeBytes(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xA1B2C3D4)
                .putInt(0x00040002)
                .putLong(0)
                .putInt(65535)
                .putInt(101)
                .array());
    }

    @Test
    void putsSegmentsInOrderAndReadsNoneTwice() throws IOException {
        opened();
        up(ACK, 1, "ab");
        up(ACK, 5, "ef");
        up(ACK, 3, "cd");
        up(ACK, 1, "ab");
        up(ACK, 5, "efgh");

        read();
        assertThat(streams).containsExactly("abcdefgh", "");
        assertThat(connections.get(0).client().repeated()).isEqualTo(1);
        assertThat(connections.get(0).client().early()).isEqualTo(1);
    }

    /** The receiver has it, so only the capture has missed it. */
    @Test
    void leavesOutWhatWasAcknowledgedAndNotCaptured() throws IOException {
        opened();
        up(ACK, 1, "ab");
        up(ACK, 5, "ef");
        down(ACK, 1, 7, "");

        read();
        assertThat(streams).containsExactly("ab~ef", "");
        assertThat(connections.get(0).client().missing()).isEqualTo(2);
    }

    @Test
    void readsWhatWaitedWhenTheCaptureEnds() throws IOException {
        opened();
        up(ACK, 3, "cd");

        read();
        assertThat(streams).containsExactly("~cd", "");
    }

    @Test
    void readsWhatIsThereOfAPacketThatWasCut() throws IOException {
        opened();
        packet(true, ACK, 1, 1, "ab", 6, false);
        up(ACK, 7, "gh");

        read();
        assertThat(streams).containsExactly("ab~gh", "");
    }

    /** A card cuts such a segment only after the capture; its IP header has no length yet. */
    @Test
    void readsASegmentThatHasNoLengthYet() throws IOException {
        opened();
        packet(true, ACK, 1, 1, "x".repeat(3000), 3000, true);

        read();
        assertThat(streams.get(0)).hasSize(3000);
    }

    @Test
    void beginsInTheMiddleOfAConnection() throws IOException {
        down(ACK, 5000, 9000, "answer");
        up(ACK, 9000, "question");

        read();
        assertThat(streams).containsExactly("question", "answer");
        assertThat(connections.get(0).syn()).isNull();
        assertThat(connections.get(0).ends()).hasToString("10.0.0.1:50000 -> 10.0.0.2:443");
    }

    @Test
    void takesAnotherSynOfTheSamePortsForAnotherConnection() throws IOException {
        opened();
        up(FIN, 1, "");
        down(FIN, 1, 2, "");
        packet(true, SYN, 9_000_000, 0, "", 0, false);
        packet(false, SYN | ACK, 8_000_000, 9_000_001, "", 0, false);
        packet(true, ACK, 9_000_001, 8_000_001, "again", 5, false);

        read();
        assertThat(connections).hasSize(2);
        assertThat(streams).containsExactly("", "", "again", "");
    }

    @Test
    void takesASynThatComesAgainForTheSameConnection() throws IOException {
        packet(true, SYN, 0, 0, "", 0, false);
        packet(true, SYN, 0, 0, "", 0, false);
        packet(false, RST, 0, 1, "", 0, false);

        read();
        assertThat(connections).hasSize(1);
        assertThat(connections.get(0).syns()).isEqualTo(2);
        assertThat(connections.get(0).synAck()).isNull();
        assertThat(Objects.requireNonNull(connections.get(0).server().reset()).packet())
                .isEqualTo(3);
    }

    @Test
    void countsNumbersOnWhereTheyWrapAround() throws IOException {
        packet(true, SYN, -3, 0, "", 0, false);
        packet(false, SYN | ACK, 0, -2, "", 0, false);
        packet(true, ACK, -2, 1, "abcd", 4, false);
        packet(true, ACK, 2, 1, "ef", 2, false);

        read();
        assertThat(streams).containsExactly("abcdef", "");
    }

    private void opened() {
        packet(true, SYN, 0, 0, "", 0, false);
        packet(false, SYN | ACK, 0, 1, "", 0, false);
    }

    private void up(int flags, int sequence, String text) {
        packet(true, flags, sequence, 1, text, text.length(), false);
    }

    private void down(int flags, int sequence, int acknowledgement, String text) {
        packet(false, flags, sequence, acknowledgement, text, text.length(), false);
    }

    /** A record of a raw IP packet; {@code onWire} bytes of payload were sent, and {@code text} is captured of them. */
    private void packet(
            boolean fromClient,
            int flags,
            int sequence,
            int acknowledgement,
            String text,
            int onWire,
            boolean withoutLength) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer ip = ByteBuffer.allocate(40 + payload.length);
        ip.putShort((short) 0x4500).putShort((short) (withoutLength ? 0 : 40 + onWire));
        ip.putInt(0).putInt(0x40060000);
        ip.putInt(fromClient ? 0x0A000001 : 0x0A000002).putInt(fromClient ? 0x0A000002 : 0x0A000001);
        ip.putShort((short) (fromClient ? 50_000 : 443)).putShort((short) (fromClient ? 443 : 50_000));
        ip.putInt(sequence).putInt(acknowledgement);
        ip.putShort((short) (0x5000 | flags)).putShort((short) 1024).putInt(0).put(payload);
        file.writeBytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(0)
                .putInt(ip.capacity())
                .putInt(40 + onWire)
                .array());
        file.writeBytes(ip.array());
    }

    private void read() throws IOException {
        TcpTable<Text> table = new TcpTable<>(Text::new, (connection, text) -> {
            connections.add(connection);
            streams.add(text.client.toString());
            streams.add(text.server.toString());
        });
        Frame frame = new Frame();
        try (CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(file.toByteArray()))) {
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
