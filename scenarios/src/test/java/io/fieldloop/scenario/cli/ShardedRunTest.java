package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One suite on many machines gives what it gives on one, and what is not there is named. */
final class ShardedRunTest {
    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void writeTheScenario() throws IOException {
        file = Files.writeString(folder.resolve("hello.yaml"), """
                        scenario: A device says hello
                        devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/", protocol-version: "${version}" } }
                        expect: [{ device: door, is: "${is}" }]
                        matrix: { version: [1, 2, 3], is: [refused, online] }
                        """).toString();
    }

    @Test
    void eightPartsGiveTheVerdictsAndTheBytesOfOne() throws IOException {
        run("voice", "link", file, "--resume", part("whole"));
        for (int i = 1; i <= 8; i++) {
            run("voice", "link", file, "--shard", i + "/8", "--resume", part("parts/" + i));
        }
        CommandLineRun merged = merge(part("parts"));

        assertThat(merged.exitCode()).as(merged.err()).isEqualTo(1);
        Path out = folder.resolve("out/latest");
        assertThat(verdicts(out)).hasSizeGreaterThan(30).isEqualTo(verdicts(folder.resolve("whole")));
        assertThat(bytes(out.resolve("journal"))).isEqualTo(bytes(folder.resolve("whole/journal")));
        assertThat(out.resolve("junit.xml")).content().contains("failures=\"3\" errors=\"0\"");
        assertThat(out.resolve("evidence/hello_version=2,is=refused/door.pcapng"))
                .hasSameBinaryContentAs(folder.resolve("whole/evidence/hello_version=2,is=refused/door.pcapng"));
    }

    /** Below `--out` lies a link to the newest run beside the runs, and who merges a whole suite wants no story of each case. */
    @Test
    void theLinkToTheLatestRunIsNoPartOfItsOwn() {
        for (int i = 1; i <= 2; i++) {
            CommandLineRun.of("run", "admission/who-gets-403", "--shard", i + "/2", "--out", part("outs"));
        }
        CommandLineRun merged = merge(part("outs"));

        assertThat(folder.resolve("outs/latest")).isSymbolicLink();
        assertThat(merged.err()).isEmpty();
        assertThat(merged.out()).contains("10 cases: 10 passed").doesNotContain("    gateway  ");
    }

    @Test
    void missingUnfinishedDoubledAndForeignPartsAreNamed() throws IOException {
        for (int i = 1; i <= 2; i++) {
            run(file, "--repeat", "4", "--shard", i + "/3", "--resume", part("parts/" + i));
        }
        run(file, "--repeat", "4", "--shard", "1/3", "--resume", part("parts/again"));
        run(file, "--seed", "7", "--shard", "3/3", "--resume", part("parts/other"));
        Path result;
        try (Stream<Path> results = Files.list(folder.resolve("parts/2/result"))) {
            result = results.findFirst().orElseThrow();
        }
        Files.delete(result);
        CommandLineRun merged = merge(part("parts"));

        assertThat(merged.exitCode()).isEqualTo(2);
        assertThat(merged.err())
                .contains("part 1/3 is there twice: " + part("parts/1") + " is taken, " + part("parts/again")
                        + " is not.")
                .contains(part("parts/other") + " is no part of this run, but of one with another command line: run "
                        + file + " --rig virtual --seed 7, not run " + file + " --rig virtual --repeat 4.")
                .containsPattern("part 2/3 in .*/parts/2 did not finish: 1 of \\d+ cases\\.")
                .containsPattern("part 3/3 is missing: \\d+ cases\\.");
        assertThat(merged.out()).contains(" cases, since parts of the run are missing: ");
        CommandLineRun missing = CommandLineRun.of("merge", part("parts"), "--missing");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.out().lines())
                .containsExactly(
                        "java -jar scenarios/target/fieldloop.jar run " + file
                                + " --rig virtual --repeat 4 --shard 2/3 --resume " + part("parts/2"),
                        "java -jar scenarios/target/fieldloop.jar run " + file
                                + " --rig virtual --repeat 4 --shard 3/3");
    }

    @Test
    void whatHasFinishedIsNotRunAgain() throws IOException {
        run(file, "--resume", part("one"));
        Path journals = folder.resolve("one/journal");
        Map<String, String> before = bytes(journals);
        Path kept = folder.resolve("one/result/hello_version=1,is=online.json");
        Files.writeString(kept, Files.readString(kept).replace("A device says hello", "A device said hello"));
        Files.delete(folder.resolve("one/result/hello_version=3,is=online.json"));
        Files.delete(journals.resolve("hello_version=3,is=online.jsonl"));
        CommandLineRun again = run(file, "--resume", part("one"));

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out())
                .contains("5 of 6 cases are finished in " + part("one"), "PASSED       hello[version=3,is=online]")
                .doesNotContain("PASSED       hello[version=2,is=online]")
                .contains("6 cases: 3 passed, 3 failed");
        assertThat(folder.resolve("one/summary.txt")).content().contains("A device said hello");
        assertThat(bytes(journals)).isEqualTo(before);
    }

    @Test
    void aFolderOfAnotherRunIsNotGoneOnWith() throws IOException {
        run(file, "--resume", part("one"));
        CommandLineRun otherWords = run(file, "--seed", "7", "--resume", part("one"));
        assertThat(otherWords.exitCode()).isEqualTo(2);
        assertThat(otherWords.err()).contains("began a run with another command line: run ");

        Files.writeString(Path.of(file), Files.readString(Path.of(file)) + "why: Changed.\n");
        assertThat(run(file, "--resume", part("one")).err())
                .contains("began a run with other scenario files; name another folder.");
    }

    @Test
    void partsOfOtherTimingsAreForeign() {
        run(file, "--resume", part("whole"));
        run(file, "--shard", "1/2", "--timings", part("whole"), "--resume", part("parts/1"));
        run(file, "--shard", "2/2", "--timings", part("whole"), "--resume", part("parts/2"));

        assertThat(merge(part("parts")).exitCode()).isEqualTo(1);
        run(file, "--shard", "2/2", "--resume", part("others/2"));
        assertThat(merge(part("parts/1"), part("others/2")).err())
                .contains("another share of the cases, from other --timings.");
    }

    @Test
    void thePartIsTakenFromTheEngineAndTold() {
        Map<String, String> gitlab = Map.of("CI_NODE_INDEX", "2", "CI_NODE_TOTAL", "4");
        assertThat(CommandLineRun.in(gitlab, words("run", file, "--shard", "auto"))
                        .out())
                .startsWith("Part 2/4 (GitLab: CI_NODE_INDEX=2, CI_NODE_TOTAL=4)\n");
        assertThat(run(file, "--shard", "auto").err())
                .startsWith("fieldloop: --shard auto finds none of FIELDLOOP_SHARD, ");
        assertThat(run(file, "--shard", "9/8").err())
                .isEqualTo("fieldloop: --shard is 9/8, and there is no part 9 of 8.\n");
    }

    @Test
    void aPartWithoutCasesHasPassed() throws IOException {
        CommandLineRun run = run(file + "[version=1,is=online]", "--shard", "1/2");
        CommandLineRun other = run(file + "[version=1,is=online]", "--shard", "2/2");

        assertThat(List.of(run.exitCode(), other.exitCode())).containsOnly(0);
        assertThat(run.out() + other.out()).contains("Running 0 cases", "Running 1 case ");
    }

    private String part(String name) {
        return folder.resolve(name).toString();
    }

    private CommandLineRun run(String... words) {
        return CommandLineRun.of(
                words(Stream.concat(Stream.of("run"), Stream.of(words)).toArray(String[]::new)));
    }

    private CommandLineRun merge(String... words) {
        return CommandLineRun.of(
                words(Stream.concat(Stream.of("merge"), Stream.of(words)).toArray(String[]::new)));
    }

    private String[] words(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--out", folder.resolve("out").toString()));
        return all.toArray(String[]::new);
    }

    private static Map<String, Verdict> verdicts(Path run) throws IOException {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        for (ScenarioResult result : StoredRun.open(run).results()) {
            verdicts.put(result.id(), result.verdict());
        }
        return verdicts;
    }

    private static Map<String, String> bytes(Path directory) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return bytes;
    }
}
