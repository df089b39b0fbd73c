package io.fieldloop.scenario.rig.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.FirmwareForTests;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each rig captures of a conversation, as tshark reads it with no options about keys, ports or protocols. */
final class LinkCaptureTest {
    private static final Path FIRMWARE = Path.of("..", "qemu", "firmware", "out", "lx60.elf");
    private static final String CONVERSATION = """
            scenario: A conversation
            devices: { door: {} }
            steps: [{ connect: door }, { talk: { devices: door, speech: 200ms } }]
            expect: [{ device: door, is: talked }]
            """;

    @TempDir
    private Path evidence;

    @BeforeEach
    void needsTshark() {
        Tshark.assumeThere();
    }

    @Test
    void showsTheVirtualRigsWebSocketInClear() throws Exception {
        runs(VirtualRigs.factory().capturing(), CONVERSATION);

        showsConversation();
    }

    @Test
    void showsTheSocketRigsWebSocketInClear() throws Exception {
        runs(SocketRigs.factory().capturing(), CONVERSATION);

        showsConversation();
    }

    @Test
    @Tag("qemu")
    void showsTheFirmwaresWebSocketInClear() throws Exception {
        runs(firmware(), CONVERSATION);

        showsConversation();
        assertThat(Tshark.fields(file(), "frame.interface_name == \"console\"", "frame.comment"))
                .isNotEmpty();
    }

    private static RigFactory firmware() {
        assumeTrue(Files.exists(FIRMWARE), "no reference firmware: make -C qemu/firmware");
        assumeTrue(
                Tshark.isThere("qemu-system-xtensa"),
                "qemu-system-xtensa is not installed (Debian, Ubuntu: apt-get install qemu-system-misc)");
        FirmwareChoice choice = FirmwareForTests.choice(new ProcessEmulator(), FIRMWARE);
        return new FirmwareRigs(choice, List.of());
    }

    @Test
    void showsMqttAndTheDatagramsOfVoice() throws Exception {
        String mqtt = CONVERSATION.replace("door: {}", "door: { mqtt: {} }");
        runs(VirtualRigs.factory().capturing(), mqtt);

        assertThat(Tshark.fields(file(), "mqtt.msgtype == 1", "mqtt.clientid"))
                .isNotEmpty()
                .allMatch(clientId -> clientId.startsWith("GID_default@@@"));
        assertThat(Tshark.fields(file(), "udp.dstport == 8884", "udp.payload"))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(datagram -> datagram.startsWith("0100"));
        assertThat(Tshark.fields(file(), "udp.srcport == 8884", "udp.length")).isNotEmpty();
    }

    @Test
    void showsTheNewPortOfANatOnlyOnItsFarSide() throws Exception {
        runs(VirtualRigs.factory().capturing(), """
                scenario: A NAT gives voice another port
                devices: { door: { mqtt: {} } }
                steps:
                  - connect: door
                  - talk: { devices: door, speech: 1s }
                  - nat-rebind: { of: door, what: udp }
                  - talk: { devices: door, speech: 1s }
                expect: [{ event: voice-address-learned, of: gateway, where: { rebound: true } }]
                """);

        Set<String> inside = voicePorts("udp.srcport", "device");
        assertThat(inside).hasSize(1).isEqualTo(voicePorts("udp.dstport", "to-device"));
        assertThat(voicePorts("udp.srcport", "to-network"))
                .hasSize(2)
                .containsAll(inside)
                .isEqualTo(voicePorts("udp.dstport", "network"));
    }

    private Set<String> voicePorts(String field, String interfaceName) throws Exception {
        return Set.copyOf(Tshark.fields(file(), "udp and frame.interface_name == " + '"' + interfaceName + '"', field));
    }

    @Test
    void holdsNoToken() throws Exception {
        holdsNoTokenIn(VirtualRigs.factory().capturing());
    }

    @Test
    @Tag("qemu")
    void holdsNoTokenOfFirmware() throws Exception {
        holdsNoTokenIn(firmware());

        Path console = evidence.resolve("door.uart.log");
        assertThat(Files.readString(console, StandardCharsets.ISO_8859_1))
                .isNotEmpty()
                .doesNotContain("s3cr3t");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(console)))
                .isEqualTo("rw-------");
    }

    @Test
    void holdsNeitherThePasswordOfMqttNorTheKeyOfVoice() throws Exception {
        runs(
                VirtualRigs.factory().capturing(),
                CONVERSATION.replace("door: {}", "door: { mqtt: { password: valid } }")
                        + "gateway: { mqtt: { credentials: signed } }\n");

        assertThat(Tshark.fields(file(), "mqtt.msgtype == 1", "mqtt.passwd"))
                .isNotEmpty()
                .allMatch(password -> password.matches("\\*+"));
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
                .contains("\"key\":\"********************************\"");
    }

    /** Its length stays, and so every number of the stream. */
    private void holdsNoTokenIn(RigFactory rigs) throws Exception {
        String plain = "door: { token: s3cr3t-s3cr3t, url: \"ws://gateway.test:8000/xiaozhi/v1/\" }";
        runs(rigs, CONVERSATION.replace("door: {}", plain));

        String bytes = Files.readString(file(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("Authorization: Bearer *************\r\n").doesNotContain("s3cr3t");
        showsConversation();
    }

    @Test
    void showsPlainWebSocketToo() throws Exception {
        runs(
                VirtualRigs.factory().capturing(),
                CONVERSATION.replace("door: {}", "door: { url: \"ws://gateway.test:8000/xiaozhi/v1/\" }"));

        showsConversation();
    }

    @Test
    void showsTls13InClear() throws Exception {
        runs(
                VirtualRigs.factory().capturing(),
                CONVERSATION.replace("door: {}", "door: { profile: strict-rfc6455 }")
                        + "gateway: { tls: [TLSv1.3] }\n");

        showsConversation();
        assertThat(Tshark.fields(file(), "tls.handshake.type == 11", "frame.number"))
                .isNotEmpty();
    }

    @Test
    void showsBothSidesOfALinkThatTakesTimeAndLosesPackets() throws Exception {
        runs(VirtualRigs.factory().capturing(), CONVERSATION + "link: { delay: 40ms, loss: 20% }\n");

        assertThat(seconds("to-network") - seconds("device")).isGreaterThan(0.0399);
        assertThat(Tshark.fields(file(), "frame.comment contains \"packets lost\"", "frame.interface_name"))
                .isNotEmpty()
                .isSubsetOf("device", "network");
        showsConversation();
    }

    private double seconds(String interfaceName) throws Exception {
        return Double.parseDouble(Tshark.fields(
                        file(), "tcp.flags.syn == 1 and frame.interface_name == " + interfaceName, "frame.time_epoch")
                .get(0));
    }

    @Test
    void tellsWhatTheLinkMadeUp() throws Exception {
        runs(VirtualRigs.factory().capturing(), """
                scenario: A middlebox resets the session
                devices: { door: {} }
                steps: [{ connect: door }, { wait: 500ms }, { reset-link: door }, { wait: 500ms }]
                expect: [{ device: door, is: offline }]
                """);

        assertThat(Tshark.fields(file(), "tcp.flags.reset == 1", "frame.interface_name", "frame.comment"))
                .containsExactlyInAnyOrder("to-network\tmade by the link", "to-device\tmade by the link");
    }

    /** Tshark reads once and in order: a session whose secrets came behind its packets would stay closed. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2, xiaozhi-wifi, 450", "TLSv1.3, strict-rfc6455, 160"})
    void showsEverySessionOfADeviceThatReconnectsOften(String tls, String profile, int sessions) throws Exception {
        String steps = "{ connect: door }" + ", { reconnect: door }".repeat(sessions - 1);
        runs(VirtualRigs.factory().capturing(), """
                scenario: A device reconnects and reconnects
                gateway: { tls: [%s] }
                devices: { door: { profile: %s } }
                steps: [%s]
                expect: [{ device: door, is: online }]
                """.formatted(tls, profile, steps));

        assertThat(Tshark.fields(
                        file(), "http.response.code == 101 and frame.interface_name == \"network\"", "tcp.stream"))
                .hasSize(sessions)
                .doesNotHaveDuplicates();
    }

    @Test
    void aFailedCaseInVirtualTimeIsRepeatedForItsCapture() throws Exception {
        ScenarioResult result = run(VirtualRigs.factory(), CONVERSATION.replace("is: talked", "is: refused"));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        showsConversation();
    }

    @Test
    void nothingIsLeftOfACaseThatPassed() {
        runs(VirtualRigs.factory(), CONVERSATION);

        assertThat(evidence).isEmptyDirectory();
    }

    private void showsConversation() throws Exception {
        assertThat(Tshark.fields(file(), "http.response.code == 101", "frame.number"))
                .isNotEmpty();
        assertThat(Tshark.fields(file(), "websocket.opcode == 1", "websocket.payload.text"))
                .anyMatch(text -> text.contains("\"hello\""))
                .anyMatch(text -> text.contains("\"listen\""))
                .anyMatch(text -> text.contains("\"tts\""));
        assertThat(Tshark.fields(file(), "websocket.opcode == 2", "frame.number"))
                .isNotEmpty();
        assertThat(Tshark.fields(file(), "frame.interface_name == \"events\"", "frame.comment"))
                .anyMatch(line -> line.startsWith("device online"))
                .anyMatch(line -> line.startsWith("gateway hello-sent"));
    }

    private Path file() {
        return evidence.resolve("door.pcapng");
    }

    private void runs(RigFactory rigs, String scenario) {
        ScenarioResult result = run(rigs, scenario);
        assertThat(result.verdict())
                .as(result.problem() + " " + result.expectations())
                .isEqualTo(Verdict.PASSED);
    }

    private ScenarioResult run(RigFactory rigs, String scenario) {
        LoadResult loaded = new ScenarioLoader().load("captured.yaml", scenario);
        if (loaded instanceof LoadResult.Broken broken) {
            throw new AssertionError(broken.problems());
        }
        SuiteCase one = new SuiteCase(
                "captured", "captured.yaml", ((LoadResult.Ready) loaded).cases().get(0));
        return new CaseRunner(rigs, null, System::nanoTime).run(one, evidence, entry -> {});
    }
}
