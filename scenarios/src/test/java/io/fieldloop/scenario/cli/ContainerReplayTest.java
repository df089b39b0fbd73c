package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording is made in one container and repeated in another. */
@Tag("docker")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ContainerReplayTest {
    @Test
    void repeatsTheRunByteForByte(@TempDir Path folder) throws IOException {
        FirmwareForTests.assumeContainers();
        Path file = Files.writeString(folder.resolve("hello.yaml"), ReplayCommandTest.SCENARIO);
        String out = folder.resolve("out").toString();

        CommandLineRun run = CommandLineRun.of(
                "run", file.toString(), "--rig", "qemu", "--engine", "docker", "--record", "--out", out);
        CommandLineRun replay = CommandLineRun.of("replay", out + "/latest", "--engine", "docker");

        assertThat(run.exitCode()).as(run.printed()).isZero();
        assertThat(replay.exitCode()).as(replay.printed()).isZero();
        assertThat(replay.out()).contains("-- the console is the recorded one, byte for byte (");
    }
}
