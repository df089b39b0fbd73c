package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code list}, {@code check}, {@code schema} and {@code --version}: nothing is run. */
class LookingTest {
    @TempDir
    private Path folder;

    @Test
    void listsTitlesInTheLanguage() {
        assertThat(CommandLineRun.of("list", "tls/certificate-expired", "--lang", "zh")
                        .out())
                .contains("证书", "    tls/certificate-expired[");
    }

    @Test
    void listShowsTitlesTagsAndWhatToTypeForEachCase() {
        CommandLineRun run = CommandLineRun.of("list", "tls/certificate-expired");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .startsWith(
                        "The server certificate is expired before the device ever connects  (tls, certificate)",
                        "    tls/certificate-expired[device=stock]");
    }

    @Test
    void listWithoutAPathIsTheWholeSuite() {
        CommandLineRun run = CommandLineRun.of("list");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("admission/", "hostile/", "link/", "load/", "tls/", "websocket/");
    }

    @Test
    void linkShowsWhatAPresetSetsAndOnWhoseAuthority() {
        CommandLineRun run = CommandLineRun.of("link", "cat1-edge");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .containsSubsequence(
                        "  loss                   2%",
                        "      probability of losing a packet",
                        "      source: Perfecto's noisy band, 2 % (help.perfecto.io)");
        assertThat(CommandLineRun.of("link").out()).contains("  cat1-typical", "  nbiot-deep");
    }

    @Test
    void linkNamesThePresetThatWasMeant() {
        CommandLineRun run = CommandLineRun.of("link", "cat1-egde");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown link profile 'cat1-egde': did you mean 'cat1-edge'?");
    }

    @Test
    void listNamesWhatItCannotRead() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.yml"), "");
        CommandLineRun run = CommandLineRun.of("list", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(file + ":1:1: ");
    }

    @Test
    void everyScenarioOfTheSuiteCanBeChecked() {
        CommandLineRun run = CommandLineRun.of("check", "tls", "hostile");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith(": no problems" + System.lineSeparator());
    }

    @Test
    void checkSaysWhatNoSimulatedDeviceCanDo() throws IOException {
        Path file = Files.writeString(folder.resolve("dialled.yaml"), """
                scenario: Packets over a modem
                devices: { door: { modem: { kind: ppp } } }
                expect: [{ device: door, is: online }]
                """);

        CommandLineRun run = CommandLineRun.of("check", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "left out  dialled: only in the qemu rig, because the simulated device has no TCP/IP to put behind its modem",
                        "1 file, 1 case: no problems");
    }

    @Test
    void checkRefusesAModemThatTheProfileDrivesNot() throws IOException {
        assertThat(problemOf("xiaozhi-wifi", "ml307"))
                .contains(
                        "has a modem `ml307`, and `profile: xiaozhi-wifi` drives none; give it a profile that does, such as xiaozhi-ml307, or `kind: ppp`");
        assertThat(problemOf("xiaozhi-ml307", "nt26-eth"))
                .contains(
                        "has a modem `nt26-eth`, a network card, and `profile: xiaozhi-ml307` leaves TCP/IP to its modem; give it a profile with its own, such as xiaozhi-wifi");
    }

    private String problemOf(String profile, String modem) throws IOException {
        Path file = Files.writeString(folder.resolve("idle.yaml"), """
                scenario: A modem for nobody
                devices: { door: { profile: %s, modem: { kind: %s } } }
                expect: [{ device: door, is: online }]
                """.formatted(profile, modem));
        CommandLineRun run = CommandLineRun.of("check", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        return run.out();
    }

    @Test
    void aPowerCutAtEachWriteIsListedWithoutItsNumbersAndTakesAnyOfThem() throws IOException {
        Path file = Files.writeString(folder.resolve("cut.yaml"), """
                scenario: The power goes at each write there is
                devices: { door: {} }
                steps: [{ connect: door, power: { cut: nvs, at-write: 1.. } }]
                expect: [{ event: power-lost }]
                """);

        CommandLineRun all = CommandLineRun.of("list", file.toString());
        CommandLineRun one = CommandLineRun.of("list", file + "[at-write=7,how=torn]");

        assertThat(all.out()).contains("[at-write=1..,how=before]", "[at-write=1..,how=torn]");
        assertThat(one.out().lines().skip(1).map(String::strip)).containsExactly(file + "[at-write=7,how=torn]");
    }

    @Test
    void schemaIsTheShippedOne() throws IOException {
        CommandLineRun run = CommandLineRun.of("schema");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().strip())
                .isEqualTo(Files.readString(Path.of("src/main/resources/fieldloop.schema.json"))
                        .strip());
    }

    @Test
    void versionSaysWhatRuns() {
        assertThat(CommandLineRun.of("--version").out())
                .startsWith("fieldloop ")
                .contains("Java ");
        assertThat(CommandLineRun.of("-V").out())
                .isEqualTo(CommandLineRun.of("--version").out())
                .isEqualTo(CommandLineRun.of("run", "--version").out());
    }

    @Test
    void versionIsAnsweredBeforeAnythingIsRead() {
        CommandLineRun run = CommandLineRun.in(Map.of("FIELDLOOP_DEFAULTS", "missing.yaml"), "--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("fieldloop ");
    }

    @Test
    void checkPassesOverAConsoleDictionaryBesideAScenario() throws IOException {
        Files.writeString(folder.resolve("console.yaml"), "# of our device\ndictionary: Doorbell\n");
        Files.writeString(folder.resolve("door.yaml"), """
                scenario: A device
                devices: { door: {} }
                expect: [{ device: door, is: online }]
                """);

        CommandLineRun run = CommandLineRun.of("check", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 case: no problems");
    }
}
