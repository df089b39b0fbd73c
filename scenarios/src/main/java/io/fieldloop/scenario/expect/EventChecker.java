package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.report.text.Narration;
import java.util.List;
import java.util.Optional;

/** Checks how often something was written to the journal. */
final class EventChecker {
    private final ObservationMatcher matcher;

    EventChecker(ObservationMatcher matcher) {
        this.matcher = matcher;
    }

    Findings check(Expectation.Event expected, Timeline timeline, Span span) {
        List<JournalEntry> matches = matcher.of(expected, timeline, span);
        Optional<Lane> unobservable = matcher.unobservableLaneOf(expected);
        boolean more = expected.count().max() == Long.MAX_VALUE;
        if (unobservable.isPresent() && !(more && expected.count().contains(matches.size()))) {
            return Findings.inconclusive("What the " + unobservable.get().wireName()
                    + " does cannot be seen in this rig, and so not whether " + expected.event() + " happened.");
        }
        String seen = switch (matches.size()) {
            case 0 -> "not seen";
            case 1 -> "seen once, " + Narration.time(matches.get(0).nanos());
            default ->
                "seen " + matches.size() + " times, first "
                        + Narration.time(matches.get(0).nanos()) + ", last "
                        + Narration.time(matches.get(matches.size() - 1).nanos());
        };
        String sentence = expected.event() + " was " + seen;
        if (expected.count().contains(matches.size())) {
            return Findings.passed(sentence + ".", matches);
        }
        List<JournalEntry> nearby = matches.isEmpty() ? ofTheSameKind(expected, timeline) : matches;
        return Findings.failed(sentence + "; expected " + expected.count() + "." + hint(matches, nearby), nearby);
    }

    private static List<JournalEntry> ofTheSameKind(Expectation.Event expected, Timeline timeline) {
        return timeline.entries().stream()
                .filter(entry -> entry.kind().equals(expected.event()))
                .toList();
    }

    private static String hint(List<JournalEntry> matches, List<JournalEntry> nearby) {
        return matches.isEmpty() && !nearby.isEmpty()
                ? " Others of this kind: " + nearby.size() + ", the first: " + Narration.of(nearby.get(0)) + "."
                : "";
    }
}
