package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Says which steps began later than their {@code at:}: what follows them did not happen when the file says. */
public final class LateSteps {
    private static final int SHOWN_MAX = 3;

    private LateSteps() {}

    /** A line for each of the first few, indented below the case's own. */
    public static List<String> of(ScenarioResult result) {
        return result.journal().stream()
                .flatMap(entry -> entry.attributes().get("due") instanceof Duration due
                        ? Stream.of(line(entry, due))
                        : Stream.empty())
                .limit(SHOWN_MAX)
                .toList();
    }

    private static String line(JournalEntry step, Duration due) {
        return VisibleText.line("    late     " + step.attributes().get("step") + " was due at "
                + TimeText.at(due.toNanos()) + ", began at " + TimeText.at(step.nanos()));
    }
}
