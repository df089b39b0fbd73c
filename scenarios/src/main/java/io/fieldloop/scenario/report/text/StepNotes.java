package io.fieldloop.scenario.report.text;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;
import java.util.List;

/** Says which steps did not do what their file says: those that began later than their {@code at:}, and interruptions of nobody. */
public final class StepNotes {
    private static final int SHOWN_MAX = 3;
    private static final String IN_VAIN = EventRecords.kind(ScenarioEvent.InterruptedNobody.class);

    private StepNotes() {}

    /** A line for each of the first few, indented below the case's own. */
    public static List<String> of(ScenarioResult result, Translation language) {
        return result.journal().stream()
                .filter(entry ->
                        entry.kind().equals(IN_VAIN) || entry.attributes().get("due") instanceof Duration)
                .limit(SHOWN_MAX)
                .map(entry -> VisibleText.line("    " + language.sentence(note(entry))))
                .toList();
    }

    private static String note(JournalEntry entry) {
        String step = String.valueOf(entry.attributes().get("step"));
        String moment = TimeText.at(entry.nanos());
        return entry.attributes().get("due") instanceof Duration due
                ? "late     " + step + " was due at " + TimeText.at(due.toNanos()) + ", began at " + moment
                : "idle     " + step + " found no server speaking to "
                        + entry.attributes().get("devices") + ", at " + moment;
    }
}
