package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records the reference firmware once, and repeats that in all the ways that can go right or wrong. */
@Tag("qemu")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReplayCommandTest {
    static final String SCENARIO = """
            scenario: A device says hello
            devices: { door: {} }
            expect: [{ device: door, is: online }]
            """;

    @TempDir
    private static Path folder;

    private Path manifest;
    private String original;

    @BeforeAll
    static void records() throws IOException {
        FirmwareForTests.assumeBuilt();
        Path file = Files.writeString(folder.resolve("hello.yaml"), SCENARIO);

        CommandLineRun run = CommandLineRun.of(
                "run",
                file.toString(),
                "--rig",
                "qemu",
                "--engine",
                "process",
                "--record",
                "--out",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).as(run.printed()).isZero();
        assertThat(folder.resolve("out/latest/evidence/hello/door-1.replay")).isNotEmptyFile();
    }

    @BeforeEach
    void remembersTheManifest() throws IOException {
        manifest = folder.resolve("out/latest/evidence/hello/door-1.replay.json");
        original = Files.readString(manifest);
    }

    @Test
    void repeatsTheRunByteForByte() {
        CommandLineRun replay = replay("--case", "hello", "--device", "door");

        assertThat(replay.exitCode()).as(replay.printed()).isZero();
        assertThat(replay.err()).isEmpty();
        assertThat(replay.out())
                .startsWith("-- hello, door, boot 1")
                .contains("fieldloop: boot count=?", "fieldloop: online elapsed-ms=")
                .contains("-- the console is the recorded one, byte for byte (");
    }

    @Test
    void saysThatTheFirmwareIsAnother() throws IOException {
        Path other = Files.copy(BuiltFirmware.built(FirmwareForTests.LX60), folder.resolve("other.elf"));
        Files.write(other, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);

        assertThat(replay("--firmware", other.toString()))
                .extracting(CommandLineRun::exitCode, CommandLineRun::out)
                .containsExactly(2, "");
        assertThat(replay("--firmware", other.toString()).err())
                .startsWith("fieldloop: door-1 was recorded with another firmware: " + other + " has the SHA-256 ")
                .endsWith("; give that one with --firmware." + System.lineSeparator());
    }

    @Test
    void saysThatTheCommandLineIsAnother() {
        assertThat(replay("--icount", "shift=5").err())
                .isEqualTo("fieldloop: door-1 was recorded with another QEMU command line: it is now"
                        + " `shift=5,rr=replay,rrfile=log` where the recording has `shift=3,rr=replay,rrfile=log`;"
                        + " replay it with the Fieldloop and the options it was recorded with."
                        + System.lineSeparator());
    }

    /** QEMU itself would wait for ever for events that never come. */
    @Test
    void endsAReplayThatHangs() throws IOException {
        String url = "url=ws";
        withManifest(original.replace(url, "url=xx"), () -> {
            CommandLineRun replay = replay("--limit", "3s");

            assertThat(replay.exitCode()).isEqualTo(2);
            assertThat(replay.err()).startsWith("fieldloop: door-1 ");
            assertThat(replay.err().lines()).hasSize(1);
        });
    }

    @Test
    void saysWhereTheConsoleDiffers() throws IOException {
        Path console = folder.resolve("out/latest/evidence/hello/door.uart.log");
        String recorded = Files.readString(console);
        try {
            Files.writeString(console, recorded.replace("board=lx60", "board=lx61"));

            CommandLineRun replay = replay();

            assertThat(replay.exitCode()).isEqualTo(1);
            assertThat(replay.out()).contains("-- the console differs from the recorded one from byte ", "board=lx61");
        } finally {
            Files.writeString(console, recorded);
        }
    }

    @Test
    void saysWhichRecordingsThereAre() {
        assertThat(replay("--case", "goodbye").err())
                .endsWith("holds no such recording; there are hello of door." + System.lineSeparator());
        assertThat(CommandLineRun.of("replay", folder.resolve("no").toString()).err())
                .contains("is no directory; expected one that a run left behind.");
        assertThat(CommandLineRun.of(
                                "run", "--record", folder.resolve("hello.yaml").toString())
                        .err())
                .contains("--record is for firmware in QEMU; add --rig qemu, or leave it out.");
    }

    private static CommandLineRun replay(String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "replay";
        words[1] = folder.resolve("out/latest").toString();
        words[2] = "--engine";
        words[3] = "process";
        System.arraycopy(more, 0, words, 4, more.length);
        return CommandLineRun.of(words);
    }

    private void withManifest(String text, Runnable test) throws IOException {
        try {
            Files.writeString(manifest, text);
            test.run();
        } finally {
            Files.writeString(manifest, original);
        }
    }
}
