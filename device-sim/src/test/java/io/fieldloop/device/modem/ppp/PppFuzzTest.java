package io.fieldloop.device.modem.ppp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Whatever a device sends on a line that carries PPP, the network's end makes something of it and can be used afterwards. */
class PppFuzzTest {

    private static final PppSettings.Asks[] ASKS = PppSettings.Asks.values();

    /** The first byte says how the peer asks who is there. */
    @FuzzTest(maxDuration = "10m")
    void bytesOnTheLine(byte[] data) {
        if (data.length > 0) {
            String bytes = new String(data, 1, data.length - 1, ISO_8859_1);
            meet(ASKS[(data[0] & 0xff) % ASKS.length], List.of(bytes));
        }
    }

    /** Each piece is a protocol and its payload behind a length, and reaches the peer as a good frame. */
    @FuzzTest(maxDuration = "10m")
    void goodFrames(byte[] data) {
        int[] protocols = {0xc021, 0x8021, 0x21, 0xc023, 0xc223, 0x80fd};
        List<String> frames = new ArrayList<>();
        for (int at = 2; at < data.length; ) {
            int length = Math.min(data.length - at, data[at - 1] & 0xff);
            int protocol = protocols[(data[at - 2] & 0xff) % protocols.length];
            frames.add(Hdlc.frame(protocol, new String(data, at, length, ISO_8859_1), -1));
            at += length + 2;
        }
        meet(data.length == 0 ? PppSettings.Asks.NONE : ASKS[(data[0] & 0xff) % ASKS.length], frames);
    }

    private static void meet(PppSettings.Asks asks, List<String> pieces) {
        PppSettings settings = new PppSettings("10.0.2.15", "10.0.2.2", "10.0.2.3", asks, "door", "secret");
        StringBuilder line = new StringBuilder();
        int[] ends = {0};
        PppPeer peer = new PppPeer(settings, (delay, task) -> {}, line::append, packet -> {}, () -> ends[0]++);
        peer.begin();
        pieces.forEach(peer::receive);
        peer.send("packet");
        assertThat(ends[0]).isLessThan(2);
        assertThat(line.chars().filter(c -> c > 0xff)).isEmpty();
        peer.stop();
    }
}
