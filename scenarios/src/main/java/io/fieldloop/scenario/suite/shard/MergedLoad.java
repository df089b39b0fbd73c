package io.fieldloop.scenario.suite.shard;

import io.fieldloop.scenario.expect.Judge;
import io.fieldloop.scenario.expect.Timeline;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts together what several generators saw of one load, and judges all of it.
 *
 * <p>Their journals count from the same instant, so entries are in order by their times. A step begins with the first generator and ends
 * with the last; the others' words about it are left out.
 */
final class MergedLoad {
    private MergedLoad() {}

    /** @param parts one result for each generator */
    static ScenarioResult of(Scenario scenario, List<ScenarioResult> parts) {
        ScenarioResult first = parts.get(0);
        List<JournalEntry> journal = journal(parts);
        Duration end = longest(parts.stream().map(ScenarioResult::simulated));
        String problem = parts.stream()
                .map(ScenarioResult::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        List<ExpectationResult> results = problem == null
                ? new Judge(scenario, Set.of(), Set.of(Lane.GATEWAY)).judge(new Timeline(journal, end.toNanos()))
                : List.of();
        return new ScenarioResult(
                first.id(),
                first.about(),
                first.rig(),
                first.seed(),
                problem == null
                        ? Verdict.worst(
                                results.stream().map(ExpectationResult::verdict).toList())
                        : Verdict.INCONCLUSIVE,
                problem,
                results,
                journal,
                end,
                longest(parts.stream().map(ScenarioResult::wall)),
                first.repeat());
    }

    private static Duration longest(Stream<Duration> all) {
        return all.max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private static List<JournalEntry> journal(List<ScenarioResult> parts) {
        Set<JournalEntry> leftOut = repeatedSteps(parts);
        List<JournalEntry> all = parts.stream()
                .flatMap(part -> part.journal().stream())
                .filter(entry -> !leftOut.contains(entry))
                .sorted(Comparator.comparingLong(JournalEntry::nanos))
                .toList();
        List<JournalEntry> numbered = new ArrayList<>(all.size());
        for (JournalEntry one : all) {
            numbered.add(new JournalEntry(
                    numbered.size(), one.nanos(), one.lane(), one.actor(), one.kind(), one.attributes()));
        }
        return numbered;
    }

    private static Set<JournalEntry> repeatedSteps(List<ScenarioResult> parts) {
        Map<String, JournalEntry> told = new HashMap<>();
        Set<JournalEntry> leftOut = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ScenarioResult part : parts) {
            Map<String, Integer> times = new HashMap<>();
            for (JournalEntry entry : part.journal()) {
                boolean began = entry.kind().equals(Timeline.STEP_BEGAN);
                if (began || entry.kind().equals(Timeline.STEP_ENDED)) {
                    String step = entry.kind() + " " + entry.attributes().get("step");
                    String key = step + " " + times.merge(step, 1, Integer::sum);
                    JournalEntry other = told.putIfAbsent(key, entry);
                    if (other != null) {
                        boolean tells = began == (entry.nanos() < other.nanos());
                        told.put(key, tells ? entry : other);
                        leftOut.add(tells ? other : entry);
                    }
                }
            }
        }
        return leftOut;
    }
}
