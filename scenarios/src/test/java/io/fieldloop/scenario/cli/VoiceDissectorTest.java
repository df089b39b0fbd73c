package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.capture.Tshark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for tshark beside captures of voice over UDP. */
final class VoiceDissectorTest {
    private static final String CONVERSATION = """
            scenario: A conversation
            devices: { door: { mqtt: {} } }
            steps: [{ connect: door }, { talk: { devices: door, speech: 4s } }]
            expect: [{ device: door, is: talked }]
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTshark() {
        Tshark.assumeThere();
    }

    @Test
    void everyDatagramIsVoiceAndNoneIsWireGuard() throws Exception {
        Path script = folder.resolve("out/latest/evidence/voice.lua");
        Path capture = folder.resolve("out/latest/evidence/talk/door.pcapng");

        assertThat(run(CONVERSATION).out()).containsPattern("dissector +\\S+/evidence/voice\\.lua\n");

        // Why it is there: tshark's own guess at datagrams of one length.
        assertThat(Tshark.fields(capture, "wg", "udp.length")).isNotEmpty().containsOnly("156");
        assertThat(Tshark.fieldsWith(script, capture, "wg", "frame.number")).isEmpty();
        assertThat(Tshark.fieldsWith(
                        script,
                        capture,
                        "xiaozhi_voice and frame.interface_name == \"device\"",
                        "xiaozhi_voice.sequence"))
                .hasSameSizeAs(Tshark.fields(capture, "udp and frame.interface_name == \"device\"", "frame.number"))
                .startsWith("1", "2", "3");
    }

    @Test
    void aRunWithoutVoiceOverUdpLeavesNone() throws Exception {
        assertThat(run(CONVERSATION.replace("{ mqtt: {} }", "{}")).out()).doesNotContain("dissector");
    }

    private CommandLineRun run(String scenario) throws Exception {
        Path file = Files.writeString(folder.resolve("talk.yaml"), scenario);
        return CommandLineRun.of(
                "run",
                file.toString(),
                "--capture",
                "--out",
                folder.resolve("out").toString());
    }
}
