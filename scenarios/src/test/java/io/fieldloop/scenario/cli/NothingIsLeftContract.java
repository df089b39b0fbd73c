package io.fieldloop.scenario.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a run of firmware ends, no QEMU outlives it, and nothing of it stays among the temporary files. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class NothingIsLeftContract {
    private static final String SCENARIO = """
            scenario: A device is online for a while
            devices: { door: {} }
            steps: [{ connect: door }, { wait: ${lasting} }]
            expect: [{ device: door, is: ${expected} }]
            """;

    @TempDir
    private Path folder;

    /** Value of {@code --engine}. */
    abstract String engine();

    /** Whatever the engine has of machines whose files lie in that folder, beside their processes. */
    abstract List<String> known(Path temporary) throws IOException;

    @Test
    void afterAFailure() throws Exception {
        Process run = start("1ms", "refused");

        assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).as(printed()).isEqualTo(1);
        assertNothingIsLeft();
        assertThat(temporary()).isEmptyDirectory();
    }

    @Test
    void afterCtrlC() throws Exception {
        endsOn("INT");
    }

    @Test
    void afterSigterm() throws Exception {
        endsOn("TERM");
    }

    private void endsOn(String signal) throws Exception {
        Process run = startAndAwaitMachine();

        signal(signal, run);

        assertThat(run.waitFor(60, SECONDS)).isTrue();
        assertNothingIsLeft();
        assertThat(temporary()).isEmptyDirectory();
        assertThat(printed()).doesNotContain("signal 9", "is gone");
    }

    /** The device's files come one after the other, and among them the copy of a user's image. */
    @ParameterizedTest
    @ValueSource(strings = {"owner", "pflash.bin", "firmware.elf", "qmp"})
    void afterCtrlCAsSoonAsThereIsA(String file) throws Exception {
        Process run = start("1h", "online");
        await().pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(2, TimeUnit.MINUTES)
                .until(() -> {
                    assertThat(run.isAlive()).as(printed()).isTrue();
                    return isThere(file);
                });

        signal("INT", run);

        assertThat(run.waitFor(60, SECONDS)).isTrue();
        assertNothingIsLeft();
        assertThat(temporary()).isEmptyDirectory();
        assertThat(printed()).doesNotContain("signal 9", "is gone", "INCONCLUSIVE");
    }

    private boolean isThere(String file) throws IOException {
        try (Stream<Path> files = Files.walk(temporary())) {
            return files.anyMatch(path -> path.endsWith(file));
        } catch (UncheckedIOException goneMeanwhile) {
            return false;
        }
    }

    /** Nobody can do anything at SIGKILL, so the next start does. */
    @Test
    void afterSigkillAndTheNextStart() throws Exception {
        Process killed = startAndAwaitMachine();
        signal("KILL", killed);
        assertThat(killed.waitFor(60, SECONDS)).isTrue();
        assertThat(machines()).as("the fault really happened").isNotEmpty();

        Process next = start("1ms", "online");
        assertThat(next.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(next.exitValue()).as(printed()).isZero();
        assertNothingIsLeft();
        assertThat(temporary()).isEmptyDirectory();
    }

    private Process startAndAwaitMachine() throws IOException {
        Process run = start("1h", "online");
        await().atMost(2, TimeUnit.MINUTES).until(() -> {
            assertThat(run.isAlive()).as(printed()).isTrue();
            return !machines().isEmpty();
        });
        return run;
    }

    /** Of `firmware run`, whose machine has a copy of the user's image. */
    @Test
    void afterCtrlCAtTheConsoleOfAnImage() throws Exception {
        Path image = Path.of("..", "qemu", "firmware", "out", "lx60.elf");
        assumeTrue(Files.exists(image), "no reference firmware: make -C qemu/firmware");
        Process run = launch(List.of("firmware", "run", image.toString(), "--engine", engine()));
        await().atMost(2, TimeUnit.MINUTES).until(() -> printed().contains("fieldloop: ready"));

        signal("INT", run);

        assertThat(run.waitFor(60, SECONDS)).isTrue();
        assertNothingIsLeft();
        assertThat(temporary()).isEmptyDirectory();
        assertThat(printed()).doesNotContain("signal 9", "was killed");
    }

    private Process start(String lasting, String expected) throws IOException {
        Path file = Files.writeString(
                folder.resolve("door.yaml"),
                SCENARIO.replace("${lasting}", lasting).replace("${expected}", expected));
        return launch(List.of(
                "run",
                file.toString(),
                "--rig",
                "qemu",
                "--engine",
                engine(),
                "--out",
                folder.resolve("out").toString()));
    }

    private Process launch(List<String> arguments) throws IOException {
        Files.createDirectories(temporary());
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.fieldloop.scenario.cli.Main"));
        words.addAll(arguments);
        return Interruptible.command(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("printed").toFile()))
                .start();
    }

    private static void signal(String signal, Process to) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(to.pid()))
                .start()
                .waitFor();
    }

    private String printed() throws IOException {
        return Files.readString(folder.resolve("printed"));
    }

    private Path temporary() {
        return folder.resolve("t");
    }

    private void assertNothingIsLeft() throws IOException {
        await().atMost(10, SECONDS).untilAsserted(() -> assertThat(machines()).isEmpty());
        assertThat(known(temporary())).isEmpty();
    }

    /** Those in containers are processes of this computer, too. */
    private List<String> machines() {
        return ProcessHandle.allProcesses()
                .map(NothingIsLeftContract::commandLine)
                .filter(line -> line.contains("qemu-system-")
                        && line.contains(temporary().toString()))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
