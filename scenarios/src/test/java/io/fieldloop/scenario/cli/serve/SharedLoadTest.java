package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.CommandLineRun;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Several generators put one load on one gateway. */
@OwnsWallClock("they begin at one instant of the clock on the wall")
final class SharedLoadTest {
    @TempDir
    private Path folder;

    private ServedGateway gateway;

    @BeforeEach
    void serve() {
        ServeOptions options = new ServeOptions();
        new CommandLine(options).parseArgs("--ws", "0");
        gateway = ServedGateway.start(options, new EventLines(InstantSource.system(), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void threeProcessesHaveAThirdOfTheDevicesEachAndOneVerdict() throws Exception {
        String file = load("5m"); // how busy this machine is, is not what is tested
        String start = Instant.now().plusSeconds(6).toString();
        List<Process> generators = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.fieldloop.scenario.cli.Main"));
            words.addAll(words(file, start, part));
            generators.add(new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(part + ".txt").toFile())
                    .start());
        }
        for (int part = 1; part <= 3; part++) {
            assertThat(generators.get(part - 1).waitFor())
                    .as(Files.readString(folder.resolve(part + ".txt")))
                    .isZero();
        }
        CommandLineRun merged = merge();

        assertThat(merged.exitCode()).as(merged.printed()).isZero();
        ScenarioResult result = StoredRun.open(folder.resolve("out/latest"))
                .resultsWithJournals()
                .get(0);
        assertThat(result.expectations())
                .extracting(ExpectationResult::explanation)
                .first()
                .asString()
                .startsWith("Generator 1/3 with 10 devices began ");
        assertThat(result.expectations()).hasSize(3 + 2);
        assertThat(result.journal())
                .filteredOn(entry -> entry.kind().equals("online"))
                .extracting(JournalEntry::actor)
                .doesNotHaveDuplicates()
                .hasSize(30);
        assertThat(result.journal())
                .filteredOn(entry -> entry.kind().startsWith("step-"))
                .extracting(JournalEntry::kind)
                .containsExactly("step-began", "step-ended");
        assertThat(result.journal()).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    }

    @Test
    void ofALoadWithAGeneratorThatWasLateNothingIsConcluded() throws IOException {
        String file = load("250ms");
        String start = Instant.now().minusSeconds(3).toString();
        for (int part = 1; part <= 3; part++) {
            CommandLineRun.of(words(file, start, part).toArray(String[]::new));
        }
        CommandLineRun merged = merge();

        assertThat(merged.exitCode()).as(merged.printed()).isEqualTo(2);
        ScenarioResult result =
                StoredRun.open(folder.resolve("out/latest")).results().get(0);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.headline().orElseThrow())
                .startsWith("Generator 1/3 with 10 devices began ")
                .contains("; expected at most 250ms, since what it measured may be its own doing.");
    }

    @Test
    void aPartThatIsMissingMeansAllAgain() throws IOException {
        String file = load("20s");
        String start = Instant.now().toString();
        CommandLineRun.of(words(file, start, 1).toArray(String[]::new));
        CommandLineRun merged = merge();

        assertThat(merged.exitCode()).isEqualTo(2);
        assertThat(merged.err()).contains("part 2/3 is missing", "part 3/3 is missing");
        assertThat(CommandLineRun.of("merge", folder.resolve("parts").toString(), "--missing")
                        .out()
                        .lines())
                .hasSize(4)
                .startsWith("start=$(date -ud '+1 min' +%FT%TZ)")
                .filteredOn(line -> line.contains("--start \"$start\" --shard "))
                .hasSize(3);
    }

    @Test
    void aLoadIsSharedOutOverOneGatewayAtOneInstant() throws IOException {
        String file = load("1s");
        assertThat(CommandLineRun.of("run", file, "--shard", "1/2").err())
                .contains(
                        "Each part of a load would have a gateway of its own; name the one they share with --against.");
        assertThat(CommandLineRun.of("run", file, "--shard", "1/2", "--against", url())
                        .err())
                .contains("The parts of a load begin at one instant; give each the same --start");
        assertThat(CommandLineRun.of("run", file, "--start", Instant.now().toString())
                        .err())
                .contains("--start is for a scenario that has `load:` and is shared out by --shard; leave it out.");
    }

    private String load(String late) throws IOException {
        return Files.writeString(folder.resolve("load.yaml"), """
                        scenario: Thirty devices stay online
                        load: { late: %s }
                        devices: { fleet: { count: 30, url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                        steps:
                          - connect: fleet
                        expect:
                          - { device: fleet, is: online }
                          - { event: online, count: 30 }
                        """.formatted(late))
                .toString();
    }

    private String url() {
        return "ws://127.0.0.1:" + gateway.address(ListenOptions.WS).getPort() + "/xiaozhi/v1/";
    }

    private List<String> words(String file, String start, int part) {
        return List.of(
                "run",
                file,
                "--against",
                url(),
                "--shard",
                part + "/3",
                "--start",
                start,
                "--resume",
                folder.resolve("parts/" + part).toString());
    }

    private CommandLineRun merge() {
        return CommandLineRun.of(
                "merge",
                folder.resolve("parts").toString(),
                "--out",
                folder.resolve("out").toString());
    }
}
