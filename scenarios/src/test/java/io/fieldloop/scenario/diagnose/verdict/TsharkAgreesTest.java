package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.conversation.CaptureStory;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.tcp.Half;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import io.fieldloop.scenario.rig.capture.Tshark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read out of a capture is what tshark reads out of it: connections, their bytes, certificates, what TLS hides. */
final class TsharkAgreesTest {
    private static final String LOSSY = """
            scenario: A conversation over a bad link
            devices: { door: %s }
            gateway: { tls: [%s] }
            link: { delay: 40ms, loss: 10%% }
            steps: [{ connect: door }, { talk: { devices: door, speech: 200ms } }, { reconnect: door }, { wait: 2s }]
            expect: [{ device: door, is: talked }]
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTshark() {
        Tshark.assumeThere();
    }

    @Test
    void onConnectionsAndTheirBytes() throws Exception {
        Path file = Captured.door(folder, LOSSY.formatted("{}", "TLSv1.2"));

        // Both ends of the link are in one file, and tshark takes them for one connection: one end is enough.
        List<Connection> connections = connections(file);
        List<String> bytes = new ArrayList<>();
        for (int stream = 0; stream < connections.size(); stream++) {
            bytes.add(bytes(file, stream, true) + " up, " + bytes(file, stream, false) + " down");
        }
        assertThat(connections).hasSizeGreaterThan(1);
        assertThat(connections.stream()
                        .map(one -> one.tcp().client().bytes() + " up, "
                                + one.tcp().server().bytes() + " down"))
                .containsExactlyElementsOf(bytes);
    }

    private static long bytes(Path file, int stream, boolean up) throws Exception {
        String where = up ? "device" : "to-device";
        return Tshark.fields(
                        file, "tcp.stream == " + stream + " and frame.interface_name == \"" + where + "\"", "tcp.len")
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Test
    void onTheCertificatesThatWereSent() throws Exception {
        Path file = Captured.door(folder, LOSSY.formatted("{}", "TLSv1.2"));

        List<String> expected = Tshark.fields(
                        file,
                        "tls.handshake.type == 11 and frame.interface_name == \"network\"",
                        "tls.handshake.certificate")
                .subList(0, 1);
        List<String> read = new ArrayList<>();
        for (X509Certificate one :
                Objects.requireNonNull(connections(file).get(0).said().tls()).chain()) {
            read.add(HexFormat.of().formatHex(one.getEncoded()));
        }
        assertThat(String.join(",", read)).isEqualTo(expected.get(0).replace(":", ""));
    }

    @Test
    void onWhatTls12Hides() throws Exception {
        frames(Captured.door(folder, LOSSY.formatted("{}", "TLSv1.2")));
    }

    @Test
    void onWhatTls13Hides() throws Exception {
        frames(Captured.door(folder, LOSSY.formatted("{ profile: strict-rfc6455 }", "TLSv1.3")));
    }

    /** The number of WebSocket frames of the first connection, both ways, where tshark saw them first; it ends before the run does. */
    private static void frames(Path file) throws Exception {
        WebSocketConversation frames =
                Objects.requireNonNull(connections(file).get(0).said().webSocket());
        assertThat(frames.clientFrames()).isPositive().isEqualTo(frames(file, 0, "device"));
        assertThat(frames.serverFrames()).isPositive().isEqualTo(frames(file, 0, "network"));
    }

    /** A probe is a byte to a closed window; another that comes when it is open again, and had been sent, is one sent again. */
    @Test
    void onWhatOnlyAsksForRoomAndWhatWasSentAgain() throws Exception {
        Segments capture = new Segments();
        capture.opened();
        capture.up(Segments.ACK, 1, "hello");
        capture.after(40).window(0).down(Segments.ACK, 1, 6, "");
        for (int probe = 0; probe < 3; probe++) {
            capture.after(500).window(1024).up(Segments.ACK, 6, "x");
            capture.after(40).window(0).down(Segments.ACK, 1, 6, "");
        }
        capture.after(500).window(1024).down(Segments.ACK, 1, 6, "");
        capture.after(40).up(Segments.ACK, 6, "xyz");
        capture.after(300).up(Segments.ACK, 6, "xyz");
        capture.after(40).down(Segments.ACK, 1, 9, "");
        Path file = Files.write(folder.resolve("closed.pcap"), capture.bytes());

        Half sender = connections(file).get(0).tcp().client();
        assertThat(sender.windowProbes())
                .isEqualTo(3)
                .isEqualTo(Tshark.fields(file, "tcp.analysis.zero_window_probe", "tcp.seq")
                        .size());
        assertThat(sender.passage().repeated())
                .isEqualTo(1)
                .isEqualTo(Tshark.fields(file, "tcp.analysis.retransmission", "tcp.seq")
                        .size());
        assertThat(sender.bytes()).isEqualTo(8);
    }

    private static long frames(Path file, int stream, String where) throws Exception {
        return Tshark.fields(
                        file,
                        "websocket and tcp.stream == " + stream + " and frame.interface_name == \"" + where + "\"",
                        "websocket.opcode")
                .stream()
                .mapToLong(opcodes -> opcodes.split(",").length)
                .sum();
    }

    private static List<Connection> connections(Path file) throws Exception {
        List<Connection> all = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            new CaptureStory(new Secrets(), all::add).read(reader);
        }
        all.removeIf(one -> one.tcp().point() != 0);
        all.sort(Comparator.comparing(one -> one.tcp().first()));
        return all;
    }
}
