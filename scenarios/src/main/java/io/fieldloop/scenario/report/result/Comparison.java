package io.fieldloop.scenario.report.result;

import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What became otherwise from one run to another.
 *
 * <p>Slower is a case that passed in both and took more of scenario time; how long this machine computed says nothing of the subject.
 *
 * @param pairs cases of both runs, in the order of the later one
 * @param added cases of the later run alone
 * @param gone cases of the earlier run alone
 */
public record Comparison(List<Pair> pairs, List<ScenarioResult> added, List<ScenarioResult> gone) {
    private static final Duration SLOWER_MIN = Duration.ofMillis(100);
    private static final double SLOWER_FACTOR = 1.2;

    /** Compares two lists of results by the ids of their cases. */
    public static Comparison of(List<ScenarioResult> earlier, List<ScenarioResult> later) {
        Map<String, ScenarioResult> before = new LinkedHashMap<>();
        earlier.forEach(result -> before.put(result.id(), result));
        List<Pair> pairs = new ArrayList<>();
        List<ScenarioResult> added = new ArrayList<>();
        for (ScenarioResult result : later) {
            ScenarioResult same = before.remove(result.id());
            if (same == null) {
                added.add(result);
            } else {
                pairs.add(new Pair(same, result));
            }
        }
        return new Comparison(pairs, added, List.copyOf(before.values()));
    }

    /** Those that passed and do not pass any more. */
    public List<Pair> newlyFailing() {
        return those(pair -> passed(pair.before()) && !passed(pair.after()));
    }

    /** Those that pass and did not. */
    public List<Pair> newlyPassing() {
        return those(pair -> !passed(pair.before()) && passed(pair.after()));
    }

    /** Those that neither passed nor pass. */
    public List<Pair> stillFailing() {
        return those(pair -> !passed(pair.before()) && !passed(pair.after()));
    }

    /** Those that took longer by a fifth at least. */
    public List<Pair> slower() {
        return those(pair -> passed(pair.before())
                && passed(pair.after())
                && pair.longer().compareTo(SLOWER_MIN) >= 0
                && pair.after().simulated().toNanos()
                        >= SLOWER_FACTOR * pair.before().simulated().toNanos());
    }

    private List<Pair> those(Predicate<Pair> wanted) {
        return pairs.stream().filter(wanted).toList();
    }

    private static boolean passed(ScenarioResult result) {
        return result.verdict() == Verdict.PASSED;
    }

    /** A case in both runs. */
    public record Pair(ScenarioResult before, ScenarioResult after) {
        /** How much more of scenario time it took. */
        Duration longer() {
            return after.simulated().minus(before.simulated());
        }
    }
}
