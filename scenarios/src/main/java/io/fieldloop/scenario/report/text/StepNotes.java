package io.fieldloop.scenario.report.text;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Says which steps did not do what their file says: those that began later than their {@code at:}, and interruptions of nobody. */
public final class StepNotes {
    private static final int SHOWN_MAX = 3;
    private static final String IN_VAIN = EventRecords.kind(ScenarioEvent.InterruptedNobody.class);

    private StepNotes() {}

    /** A line for each of the first few, indented below the case's own. */
    public static List<String> of(ScenarioResult result) {
        return result.journal().stream()
                .flatMap(StepNotes::line)
                .limit(SHOWN_MAX)
                .toList();
    }

    private static Stream<String> line(JournalEntry entry) {
        String step = String.valueOf(entry.attributes().get("step"));
        String moment = TimeText.at(entry.nanos());
        if (entry.attributes().get("due") instanceof Duration due) {
            return note("late     " + step + " was due at " + TimeText.at(due.toNanos()) + ", began at " + moment);
        }
        return entry.kind().equals(IN_VAIN)
                ? note("idle     " + step + " found no server speaking to "
                        + entry.attributes().get("devices") + ", at " + moment)
                : Stream.empty();
    }

    private static Stream<String> note(String text) {
        return Stream.of(VisibleText.line("    " + text));
    }
}
