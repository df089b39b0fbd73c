package io.fieldloop.device.modem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Bytes as 78/uart-eth-modem puts them on its UART; the check bytes are worked out by hand. */
class EthernetLineTest {

    // length 4, sequence 0, type 1 (AT) << 2, check: sum 8, 0 ^ 8 ^ 3
    private static final String AT = "\u0004\u0000\u0004\u000bAT\r\n";
    // length 12, sequence 1, type 0 (Ethernet), check: sum 0x1c, 0 ^ 0x1c ^ 3
    private static final String HANDSHAKE =
            "\u000c\u0010\u0000\u001fSPIC\u0002\u0004\u000c\u0000\u0000\u0000\u0000\u0000";

    private final List<String> commands = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private Consumer<String> arrives = frame -> {};
    private final EthernetLine line = new EthernetLine(
            commands::add,
            toDevice -> {
                arrives = toDevice;
                return left::add;
            },
            sent::add);

    @Test
    void aCommandIsAFrameAlsoInPiecesAndBehindGarbage() {
        line.receive("\u00ff\u00ff\u00ff");
        line.receive(AT.substring(0, 5));
        assertThat(commands).isEmpty();
        line.receive(AT.substring(5) + AT);
        assertThat(commands).containsExactly("AT\r\n", "AT\r\n");
    }

    @Test
    void ethernetPassesAfterItsHandshakeOnly() {
        String frame = "\u0003\u0010\u0000\u0010abc"; // length 3, sequence 1, check: sum 0x13, 0x13 ^ 3
        line.receive(frame);
        assertThat(left).isEmpty();

        line.receive(HANDSHAKE);
        assertThat(sent).containsExactly("\u0006\u0000\u0000\u0005SPIC\u0001\u0080");
        line.receive(frame);
        assertThat(left).containsExactly("abc");
        arrives.accept("xyz");
        assertThat(sent).last().isEqualTo("\u0003\u0010\u0000\u0010xyz");
        line.hangUp();
        arrives.accept("xyz");
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatIsLongerThanAFrameIsSaidInTwo() {
        line.say("x".repeat(EthernetLine.PAYLOAD_BYTES_MAX + 1));
        assertThat(sent).extracting(String::length).containsExactly(EthernetLine.PAYLOAD_BYTES_MAX + 4, 5);
    }
}
