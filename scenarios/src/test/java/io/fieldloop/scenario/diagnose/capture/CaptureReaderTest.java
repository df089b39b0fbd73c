package io.fieldloop.scenario.diagnose.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format, byte order, clock and link layer; and each way in which a file can be none. */
final class CaptureReaderTest {
    private static final int RAW = 101;

    @ParameterizedTest
    @CsvSource({
        "LITTLE, a1b2c3d4, 1700000000000005000",
        "BIG,    a1b2c3d4, 1700000000000005000",
        "LITTLE, a1b23c4d, 1700000000000000005",
        "BIG,    a1b23c4d, 1700000000000000005"
    })
    void readsClassicFilesOfEitherOrderAndClock(String order, String magic, long nanos) throws Exception {
        CaptureReader reader = new CaptureBytes(order(order))
                .pcap(HexFormat.fromHexDigits(magic), RAW)
                .record(1_700_000_000, 5, CaptureBytes.ipv4(), 1500)
                .reader();

        Packet packet = Objects.requireNonNull(reader.next());
        assertThat(packet.nanos()).isEqualTo(nanos);
        assertThat(packet.number()).isEqualTo(1);
        assertThat(packet.captured()).isEqualTo(40);
        assertThat(packet.original()).isEqualTo(1500);
        assertThat(reader.next()).isNull();
        assertThat(reader.isCutOff()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE", "BIG"})
    void readsPcapngWithSeveralInterfacesSecretsAndSections(String order) throws Exception {
        CaptureReader reader = new CaptureBytes(order(order))
                .section()
                .describe(RAW, "wlan0", 9)
                .describe(1, "eth0", 6)
                .secrets("CLIENT_RANDOM aa bb\n")
                .packet(0, 1_700_000_000_000_000_005L, CaptureBytes.ipv4(), 40)
                .packet(1, 1_700_000_000_000_007L, ethernet("0800"), 54)
                .section()
                .describe(RAW, "other", 0x80 | 10)
                .packet(0, 3 * 1024 + 512, CaptureBytes.ipv4(), 40)
                .simplePacket(CaptureBytes.ipv4())
                .reader();

        Packet packet = Objects.requireNonNull(reader.next());
        assertThat(packet.nanos()).isEqualTo(1_700_000_000_000_000_005L);
        assertThat(packet.from().name()).isEqualTo("wlan0");
        assertThat(reader.newSecrets().strip()).isEqualTo("CLIENT_RANDOM aa bb");
        assertThat(Objects.requireNonNull(reader.next()).nanos()).isEqualTo(1_700_000_000_000_007_000L);
        assertThat(Objects.requireNonNull(reader.next()).nanos()).isEqualTo(3_500_000_000L);
        assertThat(Objects.requireNonNull(reader.next()).captured()).isEqualTo(40);
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1,   020000000001 020000000002 0800",
        "1,   020000000001 020000000002 8100 0007 0800",
        "1,   020000000001 020000000002 88a8 0007 8100 0008 0800",
        "1,   020000000001 020000000002 8864 11 00 0001 002a 0021",
        "0,   02000000",
        "108, 00000002",
        "9,   ff03 0021",
        "9,   21",
        "204, 01 ff03 0021",
        "105, 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800",
        "105, 8801 0000 020000000001 020000000002 020000000003 0000 0000 aaaa03 000000 0800",
        "127, 0000 0800 00000000 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800",
        "101, 4500003c 00010000 40040000 0a090001 0a090002",
        "101, 45000044 00010000 402f0000 0a090001 0a090002 2000 0800 00000007",
        "101, ''",
        "12,  ''",
        "228, ''",
        "113, 0000 0001 0006 020000000001 0000 0800",
        "276, 0800 0000 00000002 0001 00 06 020000000001 0000"
    })
    void findsTcpBehindEachLinkLayer(int linkType, String header) throws Exception {
        byte[] packet = join(header.replace(" ", ""), CaptureBytes.ipv4());
        CaptureReader reader = new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
                .pcap(0xA1B2C3D4, linkType)
                .record(1, 0, packet, packet.length)
                .reader();
        Frame frame = new Frame();

        assertThat(frame.read(Objects.requireNonNull(reader.next()))).isTrue();
        assertThat(frame.protocol()).isEqualTo(Frame.TCP);
        assertThat(frame.sourcePort()).isEqualTo(1000);
        assertThat(frame.destinationPort()).isEqualTo(80);
        assertThat(frame.sequence()).isEqualTo(7);
        assertThat(Address.text(frame.source().high(), frame.source().low())).isEqualTo("192.0.2.1");
        assertThat(frame.payloadBytesOnWire()).isZero();
    }

    /** Ethernet fills short frames up; that is no payload. */
    @Test
    void takesNoPaddingForPayload() throws Exception {
        byte[] padded = Arrays.copyOf(ethernet("0800"), 60);
        CaptureReader reader = new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
                .pcap(0xA1B2C3D4, 1)
                .record(1, 0, padded, 60)
                .reader();
        Frame frame = new Frame();

        assertThat(frame.read(Objects.requireNonNull(reader.next()))).isTrue();
        assertThat(frame.payloadBytes()).isZero();
    }

    @Test
    void readsTcpBehindTheExtensionHeadersOfIpv6() throws Exception {
        String addresses = "20010db8000000000000000000000001" + "20010db8000000000000000000000002";
        byte[] tcp = Arrays.copyOfRange(CaptureBytes.ipv4(), 20, 40);
        // Hop-by-hop options, eight bytes of them, then TCP.
        byte[] packet = join("60000000" + "001c" + "00" + "40" + addresses + "06" + "00" + "010400000000", tcp);
        CaptureReader reader = new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
                .pcap(0xA1B2C3D4, RAW)
                .record(1, 0, packet, packet.length)
                .reader();
        Frame frame = new Frame();

        assertThat(frame.read(Objects.requireNonNull(reader.next()))).isTrue();
        assertThat(frame.sourcePort()).isEqualTo(1000);
        assertThat(Address.text(frame.destination().high(), frame.destination().low()))
                .isEqualTo("2001:db8::2");
    }

    @Test
    void readsWhatIsCompressed() throws Exception {
        byte[] plain = new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
                .pcap(0xA1B2C3D4, RAW)
                .record(1, 0, CaptureBytes.ipv4(), 40)
                .bytes();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }

        CaptureReader reader = CaptureReader.of("x.pcap.gz", new ByteArrayInputStream(compressed.toByteArray()));
        assertThat(reader.next()).isNotNull();
    }

    @Test
    void saysThatAFileEndsInTheMiddleOfAPacket() throws Exception {
        byte[] whole = new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
                .pcap(0xA1B2C3D4, RAW)
                .record(1, 0, CaptureBytes.ipv4(), 40)
                .record(2, 0, CaptureBytes.ipv4(), 40)
                .bytes();
        CaptureReader reader =
                CaptureReader.of("x.pcap", new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 7)));

        assertThat(reader.next()).isNotNull();
        assertThat(reader.next()).isNull();
        assertThat(reader.isCutOff()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'x: the file is empty; expected'",
        "abc, 'x: the file ends after 3 bytes; expected'",
        "'root:x:0:0', 'x: no capture begins with the bytes 726f6f74; expected'"
    })
    void tellsInASentenceThatAFileIsNoCapture(String text, String sentence) {
        assertThatThrownBy(
                        () -> CaptureReader.of("x", new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageNotContaining("\n");
    }

    @Test
    void tellsWhereAFileIsDamaged() throws Exception {
        CaptureReader reader = new CaptureBytes(ByteOrder.BIG_ENDIAN)
                .pcap(0xA1B2C3D4, RAW)
                .record(1, 0, CaptureBytes.ipv4(), 40)
                .block(-1, 4, out -> out.putInt(-1))
                .reader();
        assertThat(reader.next()).isNotNull();

        assertThatThrownBy(reader::next)
                .isInstanceOf(CaptureException.class)
                .hasMessage("x.pcap: a packet says that it has 4294967295 bytes at byte 80, after 1 packets; what comes"
                        + " behind it cannot be found.");
    }

    @Test
    void tellsThatAFileIsNotThere() {
        assertThatThrownBy(() -> CaptureReader.open(Path.of("nowhere.pcap")))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("nowhere.pcap: there is no such file; expected");
    }

    private static ByteOrder order(String name) {
        return name.equals("LITTLE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static byte[] ethernet(String type) {
        return join("020000000001" + "020000000002" + type, CaptureBytes.ipv4());
    }

    private static byte[] join(String hex, byte[] rest) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(HexFormat.of().parseHex(hex));
        joined.writeBytes(rest);
        return joined.toByteArray();
    }
}
