package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.Anchor;
import io.fieldloop.scenario.model.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a run: its journal and how long it was watched.
 *
 * @param entries the whole journal
 * @param endNanos when the engine stopped watching, since the start
 */
public record Timeline(List<JournalEntry> entries, long endNanos) {
    /** Kinds the engine writes for every step, with its {@code verb} and, where it has one, its {@code label}. */
    public static final String STEP_BEGAN = EventCatalogue.kind(ScenarioEvent.StepBegan.class);

    public static final String STEP_ENDED = EventCatalogue.kind(ScenarioEvent.StepEnded.class);

    public Timeline {
        entries = List.copyOf(entries);
    }

    /** The stretch {@code window} means; empty when a step it names was never reached. */
    Optional<Span> span(Window window) {
        Optional<Long> from = window.after() == null ? Optional.of(0L) : moment(window.after(), STEP_ENDED);
        Optional<Long> before =
                window.before() == null ? Optional.of(Long.MAX_VALUE) : moment(window.before(), STEP_BEGAN);
        return from.flatMap(start -> before.map(end -> new Span(start, Math.min(end, endOf(window, start)))));
    }

    private static long endOf(Window window, long fromNanos) {
        Duration within = window.within();
        return within == null ? Long.MAX_VALUE : fromNanos + within.toNanos();
    }

    private Optional<Long> moment(Anchor anchor, String kind) {
        Duration time = anchor.time();
        if (time != null) {
            return Optional.of(time.toNanos());
        }
        return entries.stream()
                .filter(entry -> entry.lane() == Lane.SCENARIO && entry.kind().equals(kind))
                .filter(entry -> isStep(entry, String.valueOf(anchor.step())))
                .map(JournalEntry::nanos)
                .findFirst();
    }

    private static boolean isStep(JournalEntry entry, String word) {
        return word.equals(entry.attributes().get("label"))
                || word.equals(entry.attributes().get("verb"));
    }

    /** Whether all of {@code span} that is not open-ended was watched. */
    boolean watched(Span span) {
        return span.toNanos() == Long.MAX_VALUE || span.toNanos() <= endNanos;
    }
}
