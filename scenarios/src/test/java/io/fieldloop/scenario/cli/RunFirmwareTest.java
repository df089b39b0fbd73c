package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run of firmware in QEMU prints when the firmware goes its own way. */
@Tag("qemu")
class RunFirmwareTest {
    private static final String ELSEWHERE = """
            scenario: Firmware with its vendor's address
            devices: { door: { url: "ws://api.vendor.example/xiaozhi/v1/" } }
            expect: [{ device: door, is: online, within: 3s }]
            """;

    @Test
    void anImageForAnotherMachineIsOneSentence() {
        Path firmware = FirmwareForTests.assumeBuilt();

        CommandLineRun run = CommandLineRun.of(
                "run",
                "--rig",
                "qemu",
                "--machine",
                "esp32",
                "--firmware",
                firmware.toString(),
                "websocket/conversation");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.printed().strip())
                .isEqualTo(
                        "fieldloop: " + firmware + " is for the machine lx60, and not for esp32; leave out --machine,"
                                + " or give the other image.");
    }

    @Test
    void aFailureSaysWhereItWasNotLetOutToAndRepeatsWithTheSameOptions(@TempDir Path folder) throws IOException {
        Path firmware = FirmwareForTests.assumeBuilt();
        Path file = Files.writeString(folder.resolve("elsewhere.yaml"), ELSEWHERE);
        String options = "--rig qemu --firmware " + firmware + " --no-watchdog --engine process";

        CommandLineRun run = CommandLineRun.of(("run " + file + " " + options + " --out " + folder).split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("Not let out: api.vendor.example (dns); ")
                .contains(
                        "repeat   java -jar scenarios/target/fieldloop.jar run " + file + " " + options + " --seed 1");
    }
}
