package io.fieldloop.qemu.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures, as tshark reads them. */
final class FrameCaptureTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.123456789Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void needsTshark() {
        Tshark.assumeThere();
        file = directory.resolve("link.pcapng");
    }

    @Test
    void showsOfferedAndDeliveredFramesByInterfaceWithReasons() throws Exception {
        try (FrameCapture capture = FrameCapture.create(file, () -> NOW, UnaryOperator.identity())) {
            capture.offered(Direction.UPSTREAM, arp(), null);
            capture.delivered(Direction.UPSTREAM, arp(), null);
            capture.offered(Direction.DOWNSTREAM, arp(), "dropped: loss");
            capture.delivered(Direction.DOWNSTREAM, arp(), "made by the link");
        }

        assertThat(Tshark.read(
                        file,
                        "-T",
                        "fields",
                        "-e",
                        "frame.interface_name",
                        "-e",
                        "frame.comment",
                        "-e",
                        "_ws.col.Protocol"))
                .containsExactly(
                        "device\t\tARP",
                        "to-network\t\tARP",
                        "network\tdropped: loss\tARP",
                        "to-device\tmade by the link\tARP");
        assertThat(Tshark.read(file, "-T", "fields", "-e", "frame.time_epoch").get(0))
                .isEqualTo("1770091506.123456789");
    }

    @Test
    void showsConsoleLinesAmongTheFrames() throws Exception {
        try (FrameCapture capture = FrameCapture.create(file, () -> NOW, UnaryOperator.identity())) {
            capture.consoleLine("I (1234) wifi: connected");
            capture.consoleLine("");
            capture.consoleLine("E (99) höhe: \u001b[0m" + "x".repeat(20_000));
        }

        assertThat(Tshark.read(file, "-Y", "frame.interface_name == \"console\""))
                .hasSize(3)
                .first()
                .asString()
                .contains("I (1234) wifi: connected");
        assertThat(Tshark.read(file, "-T", "fields", "-e", "frame.comment")).contains("I (1234) wifi: connected");
    }

    /** With the checksum of what is shown, so that nobody looks for a broken network card. */
    @Test
    void blanksWhatIsSecretInSegmentsAndLines() throws Exception {
        TcpEnds ends = TcpEnds.between(0x7f100001, 49_152, 0x7f000001, 8000);
        ByteBuf segment = ends.frame(
                TcpSegment.PSH | TcpSegment.ACK, 1, 1, "GET /?t=abc\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try (FrameCapture capture = FrameCapture.create(file, () -> NOW, FrameCaptureTest::withoutAbc)) {
            capture.offered(Direction.UPSTREAM, segment.nioBuffer(), null);
            capture.delivered(Direction.UPSTREAM, segment.nioBuffer(), null);
            capture.consoleLine("I (1) main: t=abc");
        }
        segment.release();

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain("abc")
                .containsPattern("(?s)/\\?t=\\*{3}.*/\\?t=\\*{3}.*main: t=\\*{3}.*main: t=\\*{3}");
        assertThat(Tshark.read(
                        file,
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-Y",
                        "tcp",
                        "-T",
                        "fields",
                        "-e",
                        "tcp.checksum.status"))
                .containsOnly("1");
    }

    private static byte[] withoutAbc(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("abc", "***")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void canBeReadWhileItIsWritten() throws Exception {
        try (FrameCapture capture = FrameCapture.create(file, () -> NOW, UnaryOperator.identity())) {
            capture.offered(Direction.UPSTREAM, arp(), null);
            capture.consoleLine("so far");

            assertThat(Tshark.read(file)).hasSize(2);
        }
    }

    @Test
    void hasRoomForAnyNumberOfSecretsAndCanBeReadByItsOwnerOnly() throws Exception {
        String secret = "CLIENT_RANDOM " + "ab".repeat(32) + " " + "cd".repeat(48);
        try (FrameCapture capture = FrameCapture.create(file, () -> NOW, UnaryOperator.identity())) {
            capture.offered(Direction.UPSTREAM, arp(), null);
            for (int i = 0; i < 4000; i++) {
                capture.tlsSecret(secret);
            }
            capture.offered(Direction.UPSTREAM, arp(), null);
        }

        assertThat(Tshark.read(file)).hasSize(2);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split(secret, -1))
                .hasSize(4001);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A WebSocket over TLS 1.2, spoken by openssl on both sides, becomes packets that tshark decrypts. */
    @Test
    void showsWebSocketFramesOfATlsConnectionInClear() throws Exception {
        try (OpensslConversation tls = OpensslConversation.start(directory);
                PcapngWriter writer = PcapngWriter.create(file, "fieldloop")) {
            int network = writer.addInterface("network", "one end", PcapngWriter.LINKTYPE_ETHERNET);
            List<ByteBuffer> packets = tls.speak(upgrade(), accepted(), maskedText("hello"), text("hello back"));
            for (ByteBuffer packet : packets) {
                writer.packet(network, NOW, packet, null);
            }
            for (String line : tls.keyLog()) {
                writer.tlsSecret(line);
            }
        }

        assertThat(Tshark.read(
                        file,
                        "-Y",
                        "websocket",
                        "-T",
                        "fields",
                        "-e",
                        "websocket.payload.text",
                        "-e",
                        "data-text-lines"))
                .anyMatch(line -> line.contains("hello"));
        assertThat(Tshark.read(file, "-Y", "websocket")).hasSize(2);
    }

    private static byte[] upgrade() {
        return http(
                "GET /xiaozhi/v1/ HTTP/1.1",
                "Host: gateway.test",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13");
    }

    private static byte[] accepted() {
        return http(
                "HTTP/1.1 101 Switching Protocols",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    private static byte[] http(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** FIN and text, length below 126, a mask of zeros. */
    private static byte[] maskedText(String text) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | text.length());
        frame.write(new byte[4]);
        frame.write(text.getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }

    private static byte[] text(String text) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(text.length());
        frame.write(text.getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }

    private static ByteBuffer arp() {
        // Destination and source, type ARP; Ethernet and IPv4 addresses of 6 and 4 bytes, a request.
        return ByteBuffer.allocate(42)
                .position(12)
                .putShort((short) 0x0806)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .putShort((short) 0x0604)
                .putShort((short) 1)
                .rewind();
    }
}
