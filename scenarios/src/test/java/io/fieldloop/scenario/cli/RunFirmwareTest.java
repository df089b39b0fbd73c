package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String EVERY_WRITE = """
            scenario: The power goes at each write there is
            devices: { door: {} }
            steps:
              - console: { of: door, write: "set url ws://gateway.test:8000/xiaozhi/v1/" }
                power: { cut: nvs, at-write: 1.., how: [before] }
            expect: [{ event: power-lost, where: { partition: nvs } }]
            """;

    @Test
    void aRangeOfWritesWithoutAnEndBecomesACaseForEachWriteThatIsThere(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cut.yaml"), EVERY_WRITE);

        CommandLineRun all = runHere(folder, file.toString());
        CommandLineRun one = runHere(folder, file + "[at-write=2,how=before]", "--from-the-start");

        Matcher said = Pattern.compile("cut: (\\d+) writes into nvs, a case for each from 1 on")
                .matcher(all.out());
        assertThat(said.find()).as(all.printed()).isTrue();
        int writes = Integer.parseInt(said.group(1));
        assertThat(writes).isGreaterThan(2);
        assertThat(all.exitCode()).as(all.printed()).isZero();
        assertThat(all.out())
                .contains("cut[at-write=1,how=before]", "cut[at-write=" + writes + ",how=before]")
                .contains(writes + " cases: " + writes + " passed");
        assertThat(one.exitCode()).as(one.printed()).isZero();
        assertThat(one.out())
                .contains("PASSED       cut[at-write=2,how=before]")
                .doesNotContain("counted");
    }

    @Test
    void whereThereIsNoSuchWriteNothingIsConcludedAndTheCountIsSaid(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cut.yaml"), EVERY_WRITE.replace("1..", "500.."));

        CommandLineRun run = runHere(folder, file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.printed())
                .contains("INCONCLUSIVE cut[at-write=500..,how=before]")
                .containsPattern("The firmware wrote \\d+ times into the partition nvs");
    }

    private static CommandLineRun runHere(Path folder, String... words) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        all.addAll(List.of("--rig", "qemu", "--engine", "process", "--out", folder.toString()));
        all.addAll(List.of("--firmware", FirmwareForTests.assumeBuilt().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
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
