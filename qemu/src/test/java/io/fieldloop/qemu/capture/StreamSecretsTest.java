package io.fieldloop.qemu.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.fieldloop.qemu.link.packet.TcpSegment;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StreamSecretsTest {
    private static final Pattern TOKEN = Pattern.compile("token=([a-z]+)");

    private final StreamSecrets streams = new StreamSecrets(this::withoutTokens);
    private int bytesSearched;
    private final TcpEnds ends = TcpEnds.between(0x7f100001, 49_152, 0x7f000001, 8000);

    @Test
    void findsASecretThatIsCutOverSegments() {
        assertThat(shown(1000, "GET /?tok")).isEqualTo("GET /?tok");
        assertThat(shown(1009, "en=abc")).isEqualTo("en=***");
        assertThat(shown(1015, "def")).isEqualTo("***");
        assertThat(shown(1018, "ghi HTTP/1.1")).isEqualTo("*** HTTP/1.1");
    }

    @Test
    void findsItWhereASegmentIsSeenAgain() {
        shown(1000, "token=abc");
        shown(1009, "def ");
        shown(1013, "no secret");

        assertThat(shown(1000, "token=abc")).isEqualTo("token=***");
        assertThat(shown(1009, "def ")).isEqualTo("*** ");
    }

    @Test
    void findsOneThatBeginsFarInTheStream() {
        shown(0, ".".repeat(5000));
        shown(5000, "token=" + "a".repeat(200));

        assertThat(shown(5206, "bcd ")).isEqualTo("*** ");
    }

    @Test
    void farInTheStreamLooksAtLittleBeforeASegment() {
        for (int at = 0; at < 5000; at += 100) {
            shown(at, ".".repeat(100));
        }
        bytesSearched = 0;

        shown(5000, ".".repeat(100));
        shown(5100, ".".repeat(100));

        assertThat(bytesSearched).isBetween(200, 400);
    }

    @Test
    void whatOtherConnectionsSayStaysWithThem() {
        shown(1000, "token=abc");
        TcpEnds others = TcpEnds.between(0x7f100001, 49_153, 0x7f000001, 8000);

        assertThat(shown(others, 1009, "def")).isEqualTo("def");
    }

    private String shown(int sequence, String payload) {
        return shown(ends, sequence, payload);
    }

    private String shown(TcpEnds way, int sequence, String payload) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        Frame frame = Frame.of(way.frame(TcpSegment.ACK, sequence, 1, bytes));
        try {
            return new String(streams.blanked(frame, bytes), ISO_8859_1);
        } finally {
            frame.bytes().release();
        }
    }

    private byte[] withoutTokens(byte[] bytes) {
        bytesSearched += bytes.length;
        byte[] blanked = bytes.clone();
        Matcher token = TOKEN.matcher(new String(bytes, ISO_8859_1));
        while (token.find()) {
            Arrays.fill(blanked, token.start(1), token.end(1), (byte) '*');
        }
        return blanked;
    }
}
