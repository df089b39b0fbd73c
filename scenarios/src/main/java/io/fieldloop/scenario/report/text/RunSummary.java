package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A run in plain lines: each case, what failed and why, the counts. */
public final class RunSummary {
    private static final int EVIDENCE_LINES_MAX = 5;
    private static final String REPRODUCED = "REPRODUCED";

    private RunSummary() {}

    /** The whole summary; {@code journalOf} says where a reader of it finds the journal of a case. */
    public static List<String> of(RunResult run, Function<ScenarioResult, String> journalOf) {
        List<String> lines = new ArrayList<>();
        lines.add("Fieldloop run of " + run.started());
        lines.add("command: " + VisibleText.line(run.command()));
        lines.add("");
        for (ScenarioResult scenario : run.scenarios()) {
            lines.add(caseLine(scenario, Translation.english()));
            lines.addAll(troubles(scenario, journalOf.apply(scenario), Translation.english()));
        }
        lines.add("");
        lines.addAll(PassRates.of(run));
        lines.add(counts(run));
        return lines;
    }

    /** {@code PASSED tls/certificate-expires  The server certificate expires  (11m 05s in 0.120 s, virtual)}. */
    public static String caseLine(ScenarioResult scenario, Translation language) {
        return String.format(
                Locale.ROOT,
                "%-12s %s  %s  %s",
                scenario.reproduction().isPresent() ? REPRODUCED : word(scenario.verdict()),
                VisibleText.line(scenario.id()),
                VisibleText.line(scenario.title()),
                language.say(
                        "({0} in {1}, {2})",
                        TimeText.of(scenario.simulated()),
                        TimeText.of(scenario.wall()),
                        scenario.rig().wireName()));
    }

    /** What kept a case from passing or is wrong with it all the same, indented below its line. */
    public static List<String> troubles(ScenarioResult scenario, String journal, Translation language) {
        List<String> lines = new ArrayList<>(StepNotes.of(scenario, language));
        lines.addAll(Tolerated.of(scenario));
        if (scenario.verdict() == Verdict.PASSED) {
            return lines;
        }
        for (ExpectationResult expectation : scenario.expectations()) {
            if (expectation.verdict() != Verdict.PASSED) {
                lines.addAll(trouble(scenario, expectation, EVIDENCE_LINES_MAX));
            }
        }
        if (scenario.problem() != null) {
            scenario.problem().lines().forEach(line -> lines.add("    " + VisibleText.line(line)));
        }
        lines.add("    journal  " + journal);
        lines.add("    repeat   " + VisibleText.line(scenario.repeat()));
        return lines;
    }

    /** {@code 25 cases: 23 passed, 1 failed, 1 inconclusive; 4h 12m 00s of scenario time in 6.210 s}. */
    public static String counts(RunResult run) {
        return counts(run, Translation.english());
    }

    /** The same in a language. */
    public static String counts(RunResult run, Translation language) {
        Duration simulated =
                run.scenarios().stream().map(ScenarioResult::simulated).reduce(Duration.ZERO, Duration::plus);
        long reproduced = run.scenarios().stream()
                .filter(scenario -> scenario.reproduction().isPresent())
                .count();
        String ran = run.interrupted()
                ? language.say(
                        run.merged()
                                ? "{0} of {1} cases, since parts of the run are missing"
                                : "Stopped after {0} of {1} cases",
                        run.scenarios().size(),
                        run.planned())
                : cases(run.planned(), language);
        return language.say(
                "{0}: {1} passed{2}, {3} failed, {4} inconclusive; {5} of scenario time in {6}",
                ran,
                run.count(Verdict.PASSED),
                reproduced == 0 ? "" : language.say(" ({0} reproduced their bug)", reproduced),
                run.count(Verdict.FAILED),
                run.count(Verdict.INCONCLUSIVE),
                TimeText.of(simulated),
                TimeText.of(run.wall()));
    }

    /** {@code 1 case}, {@code 25 cases}. */
    public static String cases(int count) {
        return cases(count, Translation.english());
    }

    /** The same in a language. */
    public static String cases(int count, Translation language) {
        return language.say(count == 1 ? "{0} case" : "{0} cases", count);
    }

    /** An expectation that did not hold, what was seen, and the first of its evidence. */
    public static List<String> trouble(ScenarioResult scenario, ExpectationResult expectation, int evidenceLinesMax) {
        List<String> lines = new ArrayList<>();
        lines.add("    " + word(expectation.verdict()) + "  " + VisibleText.line(expectation.expectation()));
        lines.add("      at " + VisibleText.line(expectation.position()));
        lines.add("      " + VisibleText.line(expectation.explanation()));
        EvidenceText.lines(scenario.journal(), expectation.evidence(), evidenceLinesMax)
                .forEach(line -> lines.add("      | " + line));
        return lines;
    }

    private static String word(Verdict verdict) {
        return verdict.name();
    }
}
