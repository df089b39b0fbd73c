package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds, repetitions, what failed last, and when to stop. */
final class RunManyTimesTest {
    private static final String PASSES = "[is=online]";
    private static final String FAILS = "[is=refused]";

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void writeTheScenario() throws IOException {
        file = Files.writeString(folder.resolve("hello.yaml"), """
                        scenario: A device says hello
                        devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                        expect: [{ device: door, is: "${is}" }]
                        matrix: { is: [refused, online] }
                        """).toString();
    }

    @Test
    void eachSeedIsACaseOfItsOwnAndThePassRateIsTold() {
        CommandLineRun run = run(file, "--seeds", "7..9");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("PASSED       hello[is=online]#seed=8  ", "--rig virtual --seed 9")
                .contains("hello[is=refused]: 0 of 3 passed (0 %), not seed=7, seed=8, seed=9\n")
                .contains("1 case passed every time\n6 cases: 3 passed");
        assertThat(folder.resolve("out/latest/summary.txt")).content().contains(": 0 of 3 passed");
    }

    @Test
    void chanceDecidesAndTheSeedsThatFailedAreNamed() throws IOException {
        Path chance = Files.writeString(folder.resolve("chance.yaml"), """
                scenario: Every second packet is lost
                link: { loss: 50% }
                devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                expect: [{ device: door, is: online, within: 300ms }]
                """);

        assertThat(run(chance.toString(), "--seeds", "1..20").out())
                .containsPattern("chance: \\d+ of 20 passed \\([1-9]\\d? %\\), not seed=\\d+");
    }

    @Test
    void aCaseThatNeedsItsSeedKeepsIt() throws IOException {
        Path own = Files.writeString(
                folder.resolve("own.yaml"), Files.readString(Path.of(file)) + "seed: 3\nseed-because: luck\n");

        assertThat(run(own + PASSES, "--seeds", "7..9").out())
                .contains("own[is=online] keeps its own seed 3: luck", "1 case: 1 passed");
    }

    @Test
    void repetitionsAreNumbered() {
        assertThat(run(file + PASSES, "--repeat", "2").out())
                .contains("hello[is=online]#1  ", "hello[is=online]#2  ", "1 case passed every time");
    }

    @Test
    void failFastLeavesTheRest() {
        CommandLineRun run = run(file, "--seeds", "1..500", "--fail-fast");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Stopped after ").doesNotContain("#seed=500  ");
    }

    @Test
    void lastFailedRunsWhatDidNotPass() {
        assertThat(run(file, "--last-failed").err()).contains("there is none; leave it out the first time");
        run(file);

        assertThat(run(file, "--last-failed").out())
                .contains("Only what did not pass in " + folder.resolve("out"), "Running 1 case", FAILS)
                .doesNotContain(PASSES);
        run(file + PASSES);
        assertThat(run(file + PASSES, "--last-failed").out()).contains("none failed in ", "Running 1 case");
    }

    @Test
    void aCaseThatTakesTooLongIsGivenUp() throws IOException {
        Path slow = Files.writeString(
                folder.resolve("slow.yaml"), Files.readString(Path.of(file)) + "steps: [{ wait: 1h }]\n");
        CommandLineRun run = run(slow + PASSES, "--rig", "socket", "--timeout", "300ms");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("The case did not end within ");
    }

    @Test
    void theCiSystemGetsWhatItReadsUnlessAnotherReportIsAskedFor() {
        Map<String, String> github = Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", folder.toString());
        assertThat(CommandLineRun.in(github, words(file)).out())
                .contains("::error file=hello.yaml,line=3,title=hello[is=refused]::");
        assertThat(CommandLineRun.in(github, words(file, "--report", "json,junit"))
                        .out())
                .doesNotContain("::error");
        assertThat(folder.resolve("out/results.json")).isNotEmptyFile();
        assertThat(folder.resolve("out/junit.xml")).isNotEmptyFile();
        assertThat(run(file).out()).doesNotContain("::error");
    }

    @Test
    void aFailedCaseIsShownWithItsCapture() {
        run(file);

        assertThat(folder.resolve("out/latest/junit.xml"))
                .content()
                .containsPattern("\\[\\[ATTACHMENT\\|.*/evidence/hello_is=refused/door.pcapng]]");
    }

    private CommandLineRun run(String... words) {
        return CommandLineRun.of(words(words));
    }

    private String[] words(String... words) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", folder.resolve("out").toString()));
        return all.toArray(String[]::new);
    }
}
