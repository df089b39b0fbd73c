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

    private static final String PANICS = """
            scenario: Firmware that panics and comes back
            only: { rig: qemu, because: only firmware panics }
            devices: { door: {} }
            steps:
              - console: { of: door, write: crash }
              - wait: 3s
              - connect: door
            expect: [{ device: door, is: online }]
            """;

    @Test
    void aPanicThatNoExpectationNamesFailsTheCaseUnlessItIsTolerated(@TempDir Path folder) throws IOException {
        Path firmware = FirmwareForTests.assumeBuilt();
        Path file = Files.writeString(folder.resolve("panics.yaml"), PANICS);
        Path tolerant = Files.writeString(folder.resolve("tolerant.yaml"), PANICS + "tolerates: [panic]\n");
        String options = " --rig qemu --firmware " + firmware + " --engine process --out " + folder;

        CommandLineRun failed = CommandLineRun.of(("run " + file + options).split(" "));
        CommandLineRun passed = CommandLineRun.of(("run " + tolerant + options).split(" "));

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).containsPattern("door panicked once, \\w+; reset once");
        assertThat(passed.exitCode()).isZero();
        assertThat(passed.out()).containsPattern("tolerated  door panicked once, \\w+; reset once");
    }

    @Test
    void aFolderEquipsFirmwareForScenariosThatSayNothingOfIt(@TempDir Path folder) throws IOException {
        Path firmware = FirmwareForTests.assumeBuilt();
        Path file = Files.writeString(folder.resolve("plain.yaml"), """
                scenario: Firmware that is equipped by option
                devices: { door: {} }
                firmware: { settings: { heap: "150000" } }
                expect: [{ device: door, log: "no profile of-its-own" }, { device: door, is: online }]
                """);
        String options = " --rig qemu --firmware " + firmware + " --engine process --out " + folder;
        String[] words = ("run " + file + options + " --firmware-files " + folder).split(" ");

        CommandLineRun without = CommandLineRun.of(words);
        Files.writeString(folder.resolve("firmware.yaml"), "settings: { profile: of-its-own, heap: \"20000\" }\n");
        CommandLineRun run = CommandLineRun.of(words);

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.printed()).contains("firmware.yaml cannot be read; expected there what `firmware:`");
        assertThat(run.exitCode()).as(run.printed()).isZero();
    }

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
