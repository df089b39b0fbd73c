package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing can be written, and where something else than a file is written to. */
@Timeout(60)
final class FullDiskTest {
    /** Linux's device that is always full (full(4)). */
    private static final Path FULL = Path.of("/dev/full");

    private static final String SCENARIO = """
            scenario: A device connects
            devices: { door: {} }
            steps: [{ connect: door }]
            expect: [{ device: door, is: online }]
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void needsTheDevice() throws IOException {
        assumeTrue(Files.exists(FULL), "there is no " + FULL);
        file = Files.writeString(folder.resolve("one.yaml"), SCENARIO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run", "schema"})
    void whatCannotBePrintedIsExitCode2(String command) throws Exception {
        Process process = program(command).redirectOutput(FULL.toFile()).start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors)
                .isEqualTo("fieldloop: not all could be printed: standard output is closed, or its disk is full."
                        + System.lineSeparator());
    }

    /** As behind {@code | head -1}. */
    @Test
    void aReaderThatHasReadEnoughIsNoError() throws Exception {
        Process process = program("schema").start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("{");
        process.getInputStream().close();

        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    private ProcessBuilder program(String command) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                command));
        if (!command.equals("schema")) {
            words.add(file.toString());
        }
        return new ProcessBuilder(words).directory(folder.toFile());
    }

    @Test
    void aReportThatCannotBeWrittenIsOneSentence() {
        CommandLineRun run = run(FULL);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("fieldloop: JUnit report /dev/full could not be written: No space left on device; expected a"
                        + " file that can be written to, name another with --junit" + System.lineSeparator());
        assertThat(FULL).exists();
        run.out()
                .lines()
                .filter(line -> line.matches("  (report|junit|journals|evidence) .*"))
                .map(line -> Path.of(line.strip().split(" +", 2)[1]))
                .forEach(named -> assertThat(named).exists());
    }

    @Test
    void aLinkIsWrittenThroughAndStaysALink() throws IOException {
        Path target = Files.writeString(folder.resolve("target.xml"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("junit.xml"), target);

        assertThat(run(link).exitCode()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(target).content().contains("<testsuite");
    }

    @Test
    void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
        File pipe = folder.resolve("pipe").toFile();
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        assertThat(run(pipe.toPath()).exitCode()).isZero();

        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("<testsuite");
        assertThat(Files.isRegularFile(pipe.toPath())).isFalse();
    }

    private CommandLineRun run(Path junit) {
        return CommandLineRun.of(
                "run",
                file.toString(),
                "--junit",
                junit.toString(),
                "--out",
                folder.resolve("out").toString());
    }
}
