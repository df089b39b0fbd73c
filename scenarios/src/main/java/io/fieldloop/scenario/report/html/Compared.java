package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.report.result.Comparison;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.util.List;
import java.util.function.Function;

/** What the page says of an earlier run: which cases became otherwise since. */
public record Compared(
        String earlier, List<Change> failsNow, List<Change> passesNow, List<Change> failsStill, List<Change> slower) {
    /** A case, and what it was and is. */
    record Change(String id, String before, String after) {}

    /** Puts a comparison into the page's form; {@code earlier} says with which run. */
    public static Compared of(String earlier, Comparison comparison) {
        Function<ScenarioResult, String> verdict = result -> result.verdict().name();
        return new Compared(
                earlier,
                changes(comparison.newlyFailing(), verdict),
                changes(comparison.newlyPassing(), verdict),
                changes(comparison.stillFailing(), verdict),
                changes(comparison.slower(), result -> TimeText.of(result.simulated())));
    }

    private static List<Change> changes(List<Comparison.Pair> pairs, Function<ScenarioResult, String> told) {
        return pairs.stream()
                .map(pair -> new Change(pair.after().id(), told.apply(pair.before()), told.apply(pair.after())))
                .toList();
    }
}
