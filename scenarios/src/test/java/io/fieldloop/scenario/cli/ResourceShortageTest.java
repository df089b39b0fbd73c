package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has too little of something is no device's failure. */
final class ResourceShortageTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void tooFewFileDescriptorsMakeACaseInconclusive() throws Exception {
        assumeTrue(Files.isExecutable(BASH), "there is no " + BASH + ", which sets the limit here");
        Path file = Files.writeString(directory.resolve("many.yaml"), """
                scenario: More devices than there are file descriptors
                devices: { many: { count: 300, url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                gateway: { limits: { connections-per-source: 1000 } }
                steps: [{ connect: all }]
                expect: [{ device: many, is: online }]
                """);
        Process run = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "ulimit -n 400; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--rig",
                        "socket",
                        "--out",
                        directory.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).as(output).isEqualTo(2);
        assertThat(output)
                .contains("INCONCLUSIVE")
                .contains("No file descriptor was left for another socket: this process may have 400; raise the limit")
                .doesNotContain("FAILED")
                .doesNotContain("defect");
    }
}
