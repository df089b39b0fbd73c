package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voice over UDP in captures: heard or not, lost or not, from where, and with which key. */
final class VoiceTest {
    private static final int PORT = 8884;
    private static final int DEVICE_PORT = 50_010;

    private Segments capture = new Segments();

    @TempDir
    private Path folder;

    @Test
    void aDeviceThatNobodyAnswersIsSilentLikelyAndWithAnIcmpErrorCertainly() throws IOException {
        spoken(true, DEVICE_PORT, 1, 20);
        capture.after(8000).packet(true, Segments.SYN, 0, 0, "", 0, false);
        assertThat(cause().confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(cause().word()).isEqualTo("udp-silent");

        spoken(true, DEVICE_PORT, 25, 1);
        capture.unreachable(3);
        assertThat(cause().confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(cause().evidence()).last().extracting(Evidence::shown).isEqualTo("ICMP: port unreachable");
    }

    @Test
    void saysOnlyThatItMayBeWhereTheCaptureEndsWithTheDevicesWords() throws IOException {
        spoken(true, DEVICE_PORT, 1, 20);

        assertThat(cause().confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void countsWhatIsMissingInEachDirectionByItsNumbers() throws IOException {
        spoken(true, DEVICE_PORT, 1, 40);
        spoken(false, DEVICE_PORT, 1, 10);
        spoken(false, DEVICE_PORT, 15, 26);

        assertThat(cause().word()).isEqualTo("udp-loss");
        assertThat(cause().evidence())
                .extracting(Evidence::place, Evidence::shown, Evidence::says)
                .containsExactly(
                        tuple(
                                "packet 76",
                                "server: its last voice packet",
                                "of 40 packets of the server 4 are missing (10.0 %), 0 came late, 0 again; MOS 1.44 by the E-model"),
                        tuple("packet 51", "server: 4 missing before it", "sequence numbers from 11"));
    }

    @Test
    void tellsLateFromLostAndTwiceFromLate() throws IOException {
        spoken(false, DEVICE_PORT, 1, 198);
        spoken(false, DEVICE_PORT, 200, 1);
        spoken(false, DEVICE_PORT, 199, 1);
        spoken(false, DEVICE_PORT, 200, 1);

        assertThat(voice().causes()).isEmpty();
        assertThat(voice().seen())
                .extracting(Evidence::says)
                .contains(
                        "of 201 packets of the server 0 are missing (0.0 %), 1 came late, 1 again; MOS 4.32 by the E-model");
    }

    /** The numbers go on behind 4,294,967,295 with 0. */
    @Test
    void countsOnWhereTheNumbersWrapAround() throws IOException {
        spoken(false, DEVICE_PORT, -10, 30);

        assertThat(voice().causes()).isEmpty();
        assertThat(voice().seen()).hasSize(1);
    }

    @Test
    void aNatThatGaveAnotherPortDoesHarmOnlyWhereTheServerDoesNotFollow() throws IOException {
        spoken(true, DEVICE_PORT, 1, 20);
        spoken(false, DEVICE_PORT, 1, 5);
        capture.after(40_000);
        spoken(true, 61_000, 21, 10);
        spoken(false, 61_000, 6, 5);
        assertThat(voice().causes()).isEmpty();
        assertThat(voice().seen())
                .extracting(Evidence::shown)
                .contains("device: now from 10.0.0.1:61000 -> 10.0.0.2:8884");

        spoken(false, DEVICE_PORT, 11, 3);
        assertThat(cause().word()).isEqualTo("udp-rebound");
        assertThat(cause().evidence()).extracting(Evidence::place).containsExactly("packet 26", "packet 41");
    }

    /** One flipped bit in the number of a packet is no loss of a thousand. */
    @Test
    void aNumberThatNobodyGoesOnFromIsDamagedAndNoLoss() throws IOException {
        spoken(true, DEVICE_PORT, 1, 20);
        spoken(true, DEVICE_PORT, 21 | 1024, 1);
        spoken(true, DEVICE_PORT, 22, 100);
        spoken(false, DEVICE_PORT, 1, 5);
        assertThat(voice().causes()).isEmpty();
        assertThat(voice().seen())
                .extracting(Evidence::says)
                .contains(
                        "of 122 packets of the device 1 are missing (0.8 %), 0 came late, 0 again; MOS 4.25 by the E-model");

        spoken(true, DEVICE_PORT, 622, 10);
        assertThat(cause().evidence())
                .extracting(Evidence::says)
                .contains(
                        "of 632 packets of the device 501 are missing (79.3 %), 0 came late, 0 again; MOS 1.00 by the E-model");
    }

    @Test
    void aScenarioHasTheShareThatWasLostLateOrDoubledByDirection() throws IOException {
        spoken(true, DEVICE_PORT, 1, 50);
        spoken(true, DEVICE_PORT, 55, 46);
        spoken(false, DEVICE_PORT, 1, 20);
        spoken(false, DEVICE_PORT, 22, 2);
        spoken(false, DEVICE_PORT, 21, 1);
        spoken(false, DEVICE_PORT, 24, 17);
        spoken(false, DEVICE_PORT, 40, 1);

        assertThat(scenario())
                .contains("upstream.loss: 4.0%  # packet ", "upstream.loss-burst: 4.0", "downstream.reorder: 2.4%")
                .contains("downstream.reorder-by: 120ms", "downstream.duplicate: 2.4%", "mqtt: {}")
                .contains(
                        "- { event: dropped, of: link, actor: device-1, where: { direction: upstream, reason: loss } }")
                .doesNotContain("downstream.loss", "upstream.reorder", "udp:");
    }

    @Test
    void aScenarioGivesTheDeviceAnotherPortAsItsNatDid() throws IOException {
        spoken(true, DEVICE_PORT, 1, 20);
        spoken(false, DEVICE_PORT, 1, 5);
        capture.after(40_000);
        spoken(true, 61_000, 21, 10);
        spoken(false, 61_000, 6, 5);
        assertThat(scenario())
                .contains("nat-idle-udp: 40s  # packet 26: from another port after 40.4 s of silence", "- wait: 42s")
                .contains("where: { rebound: true } }");

        capture = new Segments();
        spoken(true, DEVICE_PORT, 1, 20);
        spoken(true, 61_000, 21, 10);
        spoken(false, DEVICE_PORT, 1, 10);
        assertThat(scenario())
                .contains("- nat-rebind: { of: device-1, what: udp }  # packet 21: from another port after 0.060 s")
                .contains(
                        "- link: { of: device-1, udp: downstream-blocked }  # packet 31: the server still sends where");
    }

    @Test
    void aFaultOfTheConnectionHidesNoneOfTheVoice() throws IOException {
        CaptureDiagnosis read = CaptureDiagnosis.read(Captured.door(folder, """
                scenario: Voice is lost, and then the broker goes
                link: { delay: 40ms, upstream.loss: 20% }
                devices: { door: { mqtt: {} } }
                steps: [{ connect: door }, { talk: { devices: door, speech: 6s } }, { restart-gateway: 1s }, { wait: 5s }]
                expect: [{ device: door, is: online }]
                """), new Secrets());

        assertThat(read.diagnosis().summary()).contains("1 with a fault, and voice over UDP, 1 with a fault");
        String text = read.scenario().orElseThrow();
        assertThat(text)
                .contains("scenario: \"A capture: connection-lost, voice over UDP, udp-loss\"")
                .contains("actor: device, where: { direction: upstream, reason: loss }")
                .contains("{ device: device, is: offline, reason: connection-lost }");
        assertThat(Captured.run(text, folder).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    /** The voice is another device's, which the fault of the first shall not hit. */
    @Test
    void voiceBesideAnotherDevicesFaultHasADeviceOfItsOwn() throws IOException {
        Path door = Captured.door(folder, """
                scenario: One device speaks, another is refused
                gateway: { faults: [{ do: answer-status, status: 403 }] }
                link: { delay: 40ms }
                devices:
                  door: { mqtt: {}, link: { upstream.loss: 20% } }
                  gate: { url: "ws://gateway.test:8000/xiaozhi/v1/" }
                steps: [{ connect: door }, { talk: { devices: door, speech: 6s } }, { connect: gate }]
                expect: [{ device: door, is: online }]
                """);
        Path both = Captured.together(folder.resolve("both.pcapng"), List.of(door, door.resolveSibling("gate.pcapng")));

        String text = CaptureDiagnosis.read(both, new Secrets()).scenario().orElseThrow();

        assertThat(text).contains("connections: 1 }", "reason: upgrade-refused }", "actor: device-2, where: {");
        assertThat(Captured.run(text, folder).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    @Test
    void voiceThatArrivedAsItWasSentMakesNoScenario() throws IOException {
        spoken(true, DEVICE_PORT, 1, 20);
        spoken(false, DEVICE_PORT, 1, 20);

        assertThat(read().scenario()).isEmpty();
    }

    /** It loads, and what it expects comes about. */
    private String scenario() throws IOException {
        String text = read().scenario().orElseThrow();
        assertThat(Captured.run(text, folder).verdict()).as(text).isEqualTo(Verdict.PASSED);
        return text;
    }

    @Test
    void whoDoesNotSpeakIsNotCalledSilent() throws IOException {
        spoken(false, DEVICE_PORT, 1, 40);
        capture.after(9000).datagram(true, DEVICE_PORT, 53_000, new byte[40]);

        assertThat(voice().causes()).isEmpty();
    }

    /** Each end of the link shows what left it, so nobody has to guess where it stayed. */
    @Test
    void saysWhichWayIsBlocked() throws IOException {
        assertThat(ofScenario("downstream-blocked").causes()).singleElement().satisfies(cause -> {
            assertThat(cause.confidence()).isEqualTo(Confidence.CERTAIN);
            assertThat(cause.evidence())
                    .last()
                    .extracting(Evidence::says)
                    .asString()
                    .contains("never arrived at the device");
        });
        assertThat(ofScenario("blocked").causes())
                .singleElement()
                .satisfies(cause -> assertThat(cause.evidence())
                        .last()
                        .extracting(Evidence::says)
                        .asString()
                        .contains("neither it nor a later one left the link"));
    }

    /** The first octet of Opus is the same in each packet of a speaker, once it is deciphered with the right key. */
    @Test
    void checksTheKeyOfTheHelloAgainstThePackets() throws Exception {
        byte[] right = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        hello(right);
        enciphered(right);
        assertThat(voice().causes()).isEmpty();
        assertThat(voice().seen()).extracting(Evidence::says).contains("it decrypts with the key of packet 5");

        capture = new Segments();
        hello("another key, too".getBytes(StandardCharsets.US_ASCII));
        enciphered(right);
        assertThat(cause().word()).isEqualTo("udp-key-mismatch");
        assertThat(cause().confidence()).isEqualTo(Confidence.LIKELY);
    }

    private void hello(byte[] key) {
        String connect = "\020\015\000\004MQTT\004\002\000\074\000\001a";
        String json = "{\"type\":\"hello\",\"udp\":{\"key\":\"" + HexFormat.of().formatHex(key)
                + "\",\"nonce\":\"01000000105034230000000000000000\"}}";
        int length = 3 + json.length();
        capture.opened();
        capture.up(Segments.ACK, 1, connect);
        capture.down(Segments.ACK, 1, 1 + connect.length(), "\040\002\000\000");
        String head = "" + (char) 0x30 + (char) ((length & 0x7F) | 0x80) + (char) (length >> 7) + "\000\001t";
        capture.down(Segments.ACK, 5, 1 + connect.length(), head + json);
    }

    private void enciphered(byte[] key) throws GeneralSecurityException {
        for (int i = 1; i <= 8; i++) {
            byte[] header = ByteBuffer.allocate(16)
                    .putInt(0x01000004)
                    .putInt(0x10503423)
                    .putInt(i * 60)
                    .putInt(i)
                    .array();
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(header));
            byte[] opus = cipher.doFinal(new byte[] {0x58, (byte) i, (byte) (i * 37), 3});
            capture.after(60)
                    .datagram(
                            false,
                            DEVICE_PORT,
                            PORT,
                            ByteBuffer.allocate(20).put(header).put(opus).array());
        }
    }

    private Finding ofScenario(String udp) throws IOException {
        Path file = Captured.door(folder.resolve(udp), """
                scenario: Voice over a link
                link: { udp: %s, delay: 40ms }
                devices: { door: { mqtt: {} } }
                steps: [{ connect: door }, { talk: door }, { wait: 5s }]
                expect: [{ device: door, is: online }]
                """.formatted(udp));
        return voice(CaptureDiagnosis.read(file, new Secrets()));
    }

    private void spoken(boolean fromDevice, int port, int from, int packets) {
        for (int i = 0; i < packets; i++) {
            // Type, flags, length, identifier, timestamp, sequence; then what would be Opus.
            byte[] payload = ByteBuffer.allocate(16 + 4)
                    .putShort((short) 0x0100)
                    .putShort((short) 4)
                    .putInt(0x10503423)
                    .putInt(i * 60)
                    .putInt(from + i)
                    .putInt(i * 7919)
                    .array();
            capture.after(60).datagram(fromDevice, port, PORT, payload);
        }
    }

    private Cause cause() throws IOException {
        List<Cause> causes = voice().causes();
        assertThat(causes).hasSize(1);
        return causes.get(0);
    }

    private Finding voice() throws IOException {
        return voice(read());
    }

    private CaptureDiagnosis read() throws IOException {
        CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(capture.bytes()));
        return CaptureDiagnosis.read("x", reader, new Secrets());
    }

    private static Finding voice(CaptureDiagnosis read) {
        return read.diagnosis().findings().stream()
                .filter(one -> one.part().equals("Voice (UDP)"))
                .findFirst()
                .orElseThrow();
    }
}
