package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run prints, returns and leaves behind; all in the virtual rig. */
class RunCommandTest {
    private static final String FILE = """
            scenario: A device says hello
            tags: [greeting]
            devices: { door: { protocol-version: "${version}" } }
            expect: [{ device: door, is: "${is}" }]
            matrix: { version: [1, 3], is: [online, refused] }
            """;

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void writeTheScenario() throws IOException {
        file = Files.writeString(folder.resolve("hello.yaml"), FILE).toString();
    }

    @Test
    void passesAndLeavesTheEvidence() {
        CommandLineRun run = run(file + "[version=1,is=online]");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .startsWith("Running 1 case in the virtual rig")
                .anyMatch(line -> line.startsWith("PASSED       hello[version=1,is=online]  A device says hello  ("))
                .anyMatch(line -> line.startsWith("1 case: 1 passed, 0 failed, 0 inconclusive; "));
        Path latest = folder.resolve("out/latest");
        assertThat(List.of("report.html", "junit.xml", "summary.txt", "journal/hello_version=1,is=online.jsonl"))
                .allSatisfy(name -> assertThat(latest.resolve(name)).isNotEmptyFile());
    }

    @Test
    void aFailureIsExitCode1AndSaysHowToRepeatIt() {
        CommandLineRun run = run(file + "[version=3,is=refused]");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("FAILED  { device: door, is: refused }", "      at " + file + ":4")
                .contains("repeat   java -jar scenarios/target/fieldloop.jar run '" + file
                        + "[version=3,is=refused]' --rig virtual --seed 1");
    }

    @Test
    void filesOfOneNameAreToldApartByTheirFolders() throws IOException {
        for (String name : List.of("home", "office")) {
            Files.createDirectory(folder.resolve(name));
            Files.writeString(
                    folder.resolve(name).resolve("hello.yaml"), FILE.replace("A device", "The device at the " + name));
        }
        CommandLineRun run = run(
                folder.resolve("home/hello.yaml") + "[version=1,is=online]",
                folder.resolve("office") + "[version=1,is=online]",
                folder.resolve("home/hello.yaml") + "[version=1,is=online]");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 cases: 2 passed");
        assertThat(folder.resolve("out/latest/journal"))
                .isDirectoryContaining("glob:**home.hello_version=1,is=online.jsonl")
                .isDirectoryContaining("glob:**office.hello_version=1,is=online.jsonl");
    }

    @Test
    void aReproducedBugTellsItsStory() {
        CommandLineRun alone = run("tls/certificate-expired[device=checks-dates]");
        assertThat(alone.out().lines())
                .anyMatch(line -> line.startsWith("REPRODUCED   tls/certificate-expired[device=checks-dates]"))
                .anyMatch(line -> line.startsWith("    device   door refused at "))
                .anyMatch(line -> line.startsWith("    console  E (") && line.contains("-0x2700"))
                .anyMatch(line -> line.startsWith("    gateway  handshake-refused at "))
                .anyMatch(line -> line.startsWith("    cause    "))
                .anyMatch(line -> line.startsWith("    fix      "));
        CommandLineRun several = run("admission/who-gets-403");
        assertThat(several.out().lines().filter(line -> line.startsWith("    gateway  ")))
                .hasSizeGreaterThan(1);
        assertThat(several.out()).contains("reproduced their bug").containsOnlyOnce("    fix      ");
        assertThat(run("tls", "--only", "certificate").out()).doesNotContain("    fix      ");
        assertThat(run("tls", "--only", "certificate", "--story").out()).contains("    fix      ");
    }

    @Test
    void aSingleCaseThatJustPassesSaysWhatWasSeen() {
        assertThat(run("hostile/rdp-scan-while-a-device-talks").out())
                .contains("    seen     handshake-refused was seen 200 times")
                .contains("    seen     alarm-raised was seen once");
    }

    @Test
    void allCasesOfAFileRunInOrder() {
        CommandLineRun run = run(file, "--only", "greeting", "--seed", "7");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsSubsequence("[version=1,is=online]", "[version=1,is=refused]", "4 cases: 2 passed");
        assertThat(run.out()).contains("--seed 7");
    }

    @Test
    void onlyLeavesOutWhatHasNoSuchTag() throws IOException {
        Files.writeString(folder.resolve("other.yaml"), FILE.replace("greeting", "farewell"));

        assertThat(run(folder.toString(), "--only", "farewell").out()).contains("Running 4 cases");
    }

    @Test
    void whatBelongsToAnotherRigIsLeftOutWithTheReason() throws IOException {
        Path elsewhere = Files.writeString(
                folder.resolve("elsewhere.yaml"),
                FILE + "only: { rig: socket, because: virtual packets have no checksum }\n");
        CommandLineRun alone = run(elsewhere.toString());
        CommandLineRun both = run(elsewhere.toString(), file + "[version=1,is=online]");

        assertThat(alone.exitCode()).isEqualTo(2);
        String why = "only in the socket rig, because virtual packets have no checksum";
        assertThat(alone.out().lines()).containsExactly("left out  4 cases: " + why + " (elsewhere)");
        assertThat(run(elsewhere + "[version=1,is=online]").out().lines())
                .containsExactly("left out  elsewhere[version=1,is=online]: " + why);
        assertThat(alone.err()).isEqualTo("fieldloop: None of these scenarios makes sense in the virtual rig.\n");
        assertThat(both.exitCode()).isZero();
    }

    @Test
    void whatTheRigCannotDoIsInconclusiveAndJudgesNothing() throws IOException {
        Path unusable = Files.writeString(
                folder.resolve("unusable.yaml"), FILE + "steps: [{ console: { of: door, write: reboot } }]\n");
        CommandLineRun run = run(unusable + "[version=1,is=online]");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "INCONCLUSIVE unusable[version=1,is=online]",
                        "    The step `console` needs firmware, and this rig has none; ")
                .doesNotContain("FAILED ");
    }

    @Test
    void junitCopyThatFailsAtTheEndIsExitCode2() throws IOException {
        Path beneathAFile = Path.of(file, "junit.xml");
        CommandLineRun run = run(file + "[version=1,is=online]", "--junit", beneathAFile.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("fieldloop: JUnit report " + beneathAFile + " could not be written: ");
        assertThat(folder.resolve("out/latest/report.html")).isNotEmptyFile();
    }

    private CommandLineRun run(String... words) {
        String[] args = new String[words.length + 3];
        args[0] = "run";
        System.arraycopy(words, 0, args, 1, words.length);
        args[words.length + 1] = "--out";
        args[words.length + 2] = folder.resolve("out").toString();
        return CommandLineRun.of(args);
    }
}
