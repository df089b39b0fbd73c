package io.fieldloop.scenario.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop in the middle of a run writes the reports of what finished. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals; there the process just ends")
class InterruptTest {
    private static final String SCENARIO = """
            scenario: A device is online ${for}
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
            steps: [{ connect: door }, { wait: "${for}" }]
            expect: [{ device: door, is: online }]
            matrix: { for: [1ms, 1h] }
            """;

    @TempDir
    private Path folder;

    @Test
    void sigtermLeavesTheReportsOfWhatFinished() throws IOException, InterruptedException {
        stopsOn("TERM");
    }

    @Test
    void sigintDoesTheSame() throws IOException, InterruptedException {
        stopsOn("INT");
    }

    private void stopsOn(String signal) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("slow.yaml"), SCENARIO);
        Path printed = folder.resolve("printed");
        Path out = folder.resolve("out");
        Process process = start(file, out, printed);
        try {
            await().atMost(60, SECONDS)
                    .pollInterval(50, MILLISECONDS)
                    .until(() -> Files.readString(printed).contains("PASSED       slow[for=1ms]"));
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(20, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(printed))
                .contains("Stopped after 1 of 2 cases: 1 passed, 0 failed, 0 inconclusive")
                .doesNotContain("Exception", "\tat ");
        assertThat(process.exitValue()).isNotZero();
        assertThat(out.resolve("latest/junit.xml")).content().contains("run is complete", "1 of 2 cases ran");
        assertThat(out.resolve("latest/report.html")).content().contains("\"planned\":2");
        assertThat(out.resolve("latest/journal/slow_for=1ms.jsonl")).isNotEmptyFile();
    }

    private static Process start(Path file, Path out, Path printed) throws IOException {
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.fieldloop.scenario.cli.Main",
                "run",
                file.toString(),
                "--rig",
                "socket",
                "--out",
                out.toString());
        return Interruptible.command(words)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
    }
}
