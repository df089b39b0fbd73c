package io.fieldloop.scenario.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressPrinterTest {
    private static final String LONG_ID = "tls/a-very-long-name-of-a-scenario[鍵=認証失敗,version=TLSv1.3]";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintWriter out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);

    @TempDir
    private Path root;

    private RunDirectory files;

    @BeforeEach
    void makeRunDirectory() throws IOException {
        files = RunDirectory.create(root, SampleRun.STARTED, null);
    }

    @Test
    void plainOutputIsPlainLines() {
        tell(Terminal.plain(out), SampleRun.mixed());

        assertThat(printed()).doesNotContain("\u001b").doesNotContain("\r").doesNotContain("✓");
        assertThat(printed().lines())
                .startsWith("Running 6 cases in the virtual rig")
                .contains(
                        "PASSED       tls/certificate-expires-in-the-field  The server certificate expires while devices are in the field  (11m 02s in 120 ms, virtual)")
                .contains("6 cases: 4 passed, 1 failed, 1 inconclusive; 1d 00h 12m of scenario time in 6.210 s");
    }

    @Test
    void aCrashOfFirmwareStandsBeforeTheWaitItSpoilt() {
        tell(Terminal.plain(out), SampleRun.run(List.of(SampleRun.crashed()), 1));

        assertThat(printed())
                .containsSubsequence(
                        "FAILED       a/b",
                        "    FAILED  firmware does not crash",
                        "door panicked 2 times, LoadProhibited; reset 3 times",
                        "    The firmware of door was not ready within 60 s");
    }

    @Test
    void aToleratedCrashIsToldBelowItsPassedCase() {
        tell(Terminal.plain(out), SampleRun.run(List.of(SampleRun.crashTolerated()), 1));

        assertThat(printed())
                .containsSubsequence("PASSED       a/b", "    tolerated  door panicked 2 times, LoadProhibited");
    }

    @Test
    void failureTellsExpectedActualEvidenceAndHowToRepeat() throws IOException {
        RunResult run = SampleRun.run(List.of(SampleRun.failure()), 1);
        files.write(run);
        tell(Terminal.plain(out), run);

        assertThat(printed())
                .contains("    FAILED  { device: door, is: refused, reason: hello-timeout, elapsed: 9.5s..10.5s }")
                .contains("expected door to be refused with hello-timeout, but door was online at 10.050s")
                .contains("|      10.050s  door  online")
                .contains("journal  " + files.journals().resolve("handshake.hello-after-the-limit.jsonl"))
                .contains("    repeat   java -jar scenarios/target/fieldloop.jar run scenarios/suite/handshake")
                .doesNotContain("Repeat it:")
                .contains("report    " + files.html())
                .contains("junit     " + files.junit());
    }

    @Test
    void linesOfAConsoleAreLines() {
        tell(Terminal.plain(out), SampleRun.run(List.of(SampleRun.inconclusive()), 1));

        assertThat(printed().lines())
                .containsSequence("        I (12) wifi: connected", "        I (30) wifi: \\x1b[2Jgot ip");
    }

    @Test
    void theEndRepeatsHowToRepeatWhatDidNotPass() {
        tell(Terminal.plain(out), SampleRun.mixed());

        assertThat(printed().substring(printed().indexOf("Repeat one:")).lines())
                .containsExactly(
                        "Repeat one:",
                        "  " + SampleRun.failure().repeat(),
                        "  " + SampleRun.mixed().scenarios().get(3).repeat());
    }

    @Test
    void plainLinesKeepTheOrderInWhichCasesBegan() {
        ProgressPrinter printer = new ProgressPrinter(Terminal.plain(out), nanos::get, false, Translation.english());
        List<ScenarioResult> results = SampleRun.mixed().scenarios();
        printer.runStarted(6, RigKind.VIRTUAL);
        results.subList(0, 3).forEach(result -> printer.scenarioStarted(result.id(), "t", RigKind.VIRTUAL));
        printer.scenarioFinished(results.get(1), files);
        assertThat(printed()).doesNotContain(results.get(1).id());

        printer.scenarioFinished(results.get(0), files);
        assertThat(printed())
                .containsSubsequence(results.get(0).id(), results.get(1).id());

        printer.runFinished(SampleRun.run(results.subList(0, 2), 6), files);
        printer.scenarioFinished(results.get(2), files);
        assertThat(printed())
                .contains("Stopped after 2 of 6 cases: ")
                .doesNotContain(results.get(2).id());
    }

    @Test
    void casesThatFinishedBehindASlowOneAreToldAtTheEnd() {
        ProgressPrinter printer = new ProgressPrinter(Terminal.plain(out), nanos::get, false, Translation.english());
        printer.runStarted(2, RigKind.SOCKET);
        printer.scenarioStarted("a/slow", "t", RigKind.SOCKET);
        printer.scenarioStarted(SampleRun.expiry().id(), "t", RigKind.SOCKET);
        printer.scenarioFinished(SampleRun.expiry(), files);
        printer.runFinished(SampleRun.run(List.of(SampleRun.expiry()), 2), files);

        assertThat(printed()).contains(SampleRun.expiry().id()).contains("Stopped after 1 of 2 cases: ");
    }

    @Test
    void liveLineTellsScenarioRigTimesAndCounts() {
        ProgressPrinter printer = new ProgressPrinter(terminal(80), nanos::get, false, Translation.english());
        printer.runStarted(25, RigKind.VIRTUAL);
        printer.scenarioFinished(SampleRun.expiry(), files);
        nanos.addAndGet(1_500_000_000L);
        printer.scenarioStarted("scan/rdp-mstshash", "An RDP scan", RigKind.VIRTUAL);
        nanos.addAndGet(1_500_000_000L);
        printer.scenarioProgress("scan/rdp-mstshash", Duration.ofMillis(662_100), 1860);

        assertThat(lastLiveLine()).isEqualTo("1/25 scan/rdp-mstshash  virtual 11m02s  ✓1  3.0s wall  1860 events");
    }

    @Test
    void liveLineMovesWhileNothingHappens() {
        ProgressPrinter printer = new ProgressPrinter(terminal(80), nanos::get, false, Translation.english());
        printer.runStarted(2, RigKind.SOCKET);
        nanos.addAndGet(1_000_000_000L);
        printer.timePassed();
        assertThat(lastLiveLine()).isEqualTo("0/2 warming up  1.0s wall");

        printer.scenarioStarted("a/quiet", "t", RigKind.SOCKET);
        nanos.addAndGet(1_000_000_000L);
        printer.timePassed();
        assertThat(lastLiveLine()).isEqualTo("0/2 a/quiet  socket 0ms  2.0s wall  0 events");
    }

    @Test
    void liveLineFitsItsTerminal() {
        for (int columns : List.of(20, 40, 60, 80, 200)) {
            ProgressPrinter printer = new ProgressPrinter(terminal(columns), nanos::get, false, Translation.english());
            printer.runStarted(500, RigKind.VIRTUAL);
            bytes.reset();
            for (int i = 0; i < 20; i++) {
                nanos.addAndGet(1_000_000_000L);
                printer.scenarioStarted(LONG_ID, "t", RigKind.SOCKET);
                printer.scenarioProgress(LONG_ID, Duration.ofHours(30), 1_000_000);
                printer.scenarioFinished(SampleRun.expiry(), files);
            }
            assertThat(screenLines())
                    .allSatisfy(line -> assertThat(Columns.of(line)).isLessThan(columns));
            assertThat(screenLines()).anySatisfy(line -> assertThat(line).contains("19/500 tls"));
        }
    }

    @Test
    void ofSeveralRunningCasesTheOldestIsNamed() {
        ProgressPrinter printer = new ProgressPrinter(terminal(80), nanos::get, false, Translation.english());
        printer.runStarted(25, RigKind.VIRTUAL);
        printer.scenarioStarted("a/slow", "t", RigKind.VIRTUAL);
        printer.scenarioStarted("a/quick", "t", RigKind.VIRTUAL);
        printer.scenarioStarted("a/other", "t", RigKind.VIRTUAL);
        nanos.addAndGet(1_000_000_000L);
        printer.scenarioProgress("a/quick", Duration.ofHours(9), 9);
        assertThat(lastLiveLine()).isEqualTo("0/25 a/slow  +2  virtual 0ms  1.0s wall  0 events");
    }

    @Test
    void sentencesWrapAndCommandsStayWhole() {
        tell(new Terminal(out, true, () -> 60, false, true), SampleRun.run(List.of(SampleRun.failure()), 1));

        assertThat(printed())
                .contains(
                        "\n      expected door to be refused with hello-timeout, but\n        door was online at 10.050s\n")
                .contains("    repeat   " + SampleRun.failure().repeat() + System.lineSeparator());
    }

    @Test
    void redrawsAtMostTenTimesASecond() {
        ProgressPrinter printer = new ProgressPrinter(terminal(80), nanos::get, false, Translation.english());
        printer.runStarted(1, RigKind.VIRTUAL);
        printer.scenarioStarted("a", "t", RigKind.VIRTUAL);
        for (int i = 0; i < 100_000; i++) {
            nanos.addAndGet(10_000);
            printer.scenarioProgress("a", Duration.ofMillis(i), i);
        }
        assertThat(printed().split("\r", -1)).hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void respectsNoColorAndDumbTerminalsAndEncodings() {
        Map<String, String> xterm = Map.of("TERM", "xterm");
        assertThat(detect(xterm, true).color()).isTrue();
        assertThat(detect(xterm, true).unicode()).isTrue();
        assertThat(detect(xterm, false).unicode()).isFalse();
        assertThat(detect(Map.of("TERM", "xterm", "NO_COLOR", "1"), true).color())
                .isFalse();
        assertThat(detect(Map.of("TERM", "xterm", "NO_COLOR", "1"), true).live())
                .isTrue();
        assertThat(detect(Map.of("TERM", "dumb"), true).live()).isFalse();
        assertThat(detect(Map.of(), true).live()).isFalse();
    }

    @Test
    void colorsOnlyWhereWelcome() {
        tell(new Terminal(out, true, () -> 80, false, true), SampleRun.mixed());
        assertThat(printed()).doesNotContainPattern("\u001b\\[[0-9;]*m");

        tell(terminal(80), SampleRun.mixed());
        assertThat(printed()).contains("\u001b[32m✓\u001b[0m").contains("\u001b[1;31m✗\u001b[0m");
    }

    @Test
    void hostileTextCannotSteerTheTerminal() {
        String hostile = "x\u001b]0;owned\u0007\r\n\u009b2J\u202e";
        ScenarioResult s = SampleRun.withJournal(hostile, Verdict.FAILED, List.of());
        tell(Terminal.plain(out), SampleRun.run(List.of(s), 1));

        assertThat(printed())
                .contains("x\\x1b]0;owned\\x07\\x0d\\x0a\\x9b2J\\u202e")
                .doesNotContain("\u001b")
                .doesNotContain("\u009b")
                .doesNotContain("\r");
    }

    @Test
    void readsTheWindowSizeAndItsAbsence() {
        assertThat(Terminal.columnsIn("50 132\n")).isEqualTo(132);
        assertThat(Terminal.columnsIn("0 0\n")).isEqualTo(80);
        assertThat(Terminal.columnsIn("")).isEqualTo(80);
    }

    private void tell(Terminal terminal, RunResult run) {
        assertThatCode(() -> files.write(run)).doesNotThrowAnyException();
        ProgressPrinter printer = new ProgressPrinter(terminal, nanos::get, false, Translation.english());
        printer.runStarted(run.planned(), RigKind.VIRTUAL);
        for (ScenarioResult scenario : run.scenarios()) {
            nanos.addAndGet(200_000_000);
            printer.scenarioStarted(scenario.id(), scenario.title(), scenario.rig());
            printer.scenarioFinished(scenario, files);
        }
        printer.runFinished(run, files);
    }

    private Terminal terminal(int columns) {
        return new Terminal(out, true, () -> columns, true, true);
    }

    private Terminal detect(Map<String, String> environment, boolean utf8) {
        return Terminal.of(out, environment, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII, () -> 80);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What stood on the screen at one time or another, without colours. */
    private List<String> screenLines() {
        return new ArrayList<>(Arrays.stream(printed().split("[\r\n]", -1))
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*[mK]", ""))
                .toList());
    }

    private String lastLiveLine() {
        List<String> lines = screenLines();
        return lines.get(lines.size() - 1);
    }
}
