package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.LoadSpec;
import io.fieldloop.scenario.report.text.Narration;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.verdict.ExpectationResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Checks that those who put a load on a gateway kept time: one that is too busy makes a server look slow, or spares it. */
final class GeneratorChecker {
    private static final String MEASURED = EventCatalogue.kind(ScenarioEvent.GeneratorMeasured.class);

    private final LoadSpec load;

    GeneratorChecker(LoadSpec load) {
        this.load = load;
    }

    /** One result for each generator, by its number. */
    List<ExpectationResult> check(Timeline timeline) {
        return timeline.entries().stream()
                .filter(entry -> entry.kind().equals(MEASURED))
                .sorted(Comparator.comparing(GeneratorChecker::generator, Comparator.comparingInt(String::length))
                        .thenComparing(GeneratorChecker::generator))
                .map(this::result)
                .toList();
    }

    private ExpectationResult result(JournalEntry entry) {
        Duration began = duration(entry, "began-late");
        Duration timers = duration(entry, "timers-late");
        String seen = "Generator " + generator(entry) + " with "
                + entry.attributes().get("devices") + " devices began " + Narration.duration(began)
                + " late, its own timers were up to " + Narration.duration(timers) + " late";
        boolean late = began.compareTo(load.late()) > 0 || timers.compareTo(load.late()) > 0;
        Findings findings = late
                ? Findings.inconclusive(
                        seen + "; expected at most " + DurationText.print(load.late())
                                + ", since what it measured may be its own doing. Give it fewer devices, the load more generators, or all of them a later --start.")
                : Findings.passed(seen + ".", List.of(entry));
        return findings.resultOf("generators keep time", load.position());
    }

    /** Such as {@code 2/12}. */
    private static String generator(JournalEntry entry) {
        return String.valueOf(entry.attributes().get("generator"));
    }

    private static Duration duration(JournalEntry entry, String attribute) {
        return (Duration) Objects.requireNonNull(entry.attributes().get(attribute), attribute);
    }
}
