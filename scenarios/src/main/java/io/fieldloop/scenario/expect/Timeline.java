package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.value.Anchor;
import io.fieldloop.scenario.model.value.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        return moment(window.after(), Moment.START, STEP_ENDED)
                .flatMap(from -> moment(window.before(), Moment.END, STEP_BEGAN)
                        .map(to -> new Span(from, earlier(to, window.within(), from))));
    }

    private static Moment earlier(Moment to, @Nullable Duration within, Moment from) {
        long end = within == null ? Long.MAX_VALUE : from.nanos() + within.toNanos();
        return end < to.nanos() ? new Moment(end, Moment.END.sequence()) : to;
    }

    private Optional<Moment> moment(@Nullable Anchor anchor, Moment otherwise, String kind) {
        if (anchor == null) {
            return Optional.of(otherwise);
        }
        Duration time = anchor.time();
        if (time != null) {
            return Optional.of(new Moment(time.toNanos(), otherwise.sequence()));
        }
        return entries.stream()
                .filter(entry -> entry.lane() == Lane.SCENARIO && entry.kind().equals(kind))
                .filter(entry -> isStep(entry, String.valueOf(anchor.step())))
                .map(Moment::of)
                .findFirst();
    }

    /** Whether {@code entry} came while the step that {@code anchor} names was at work. */
    boolean isWithin(@Nullable Anchor anchor, JournalEntry entry) {
        return anchor != null
                && anchor.step() != null
                && moment(anchor, Moment.START, STEP_BEGAN)
                        .flatMap(began -> moment(anchor, Moment.END, STEP_ENDED).map(ended -> new Span(began, ended)))
                        .filter(span -> span.contains(entry))
                        .isPresent();
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
