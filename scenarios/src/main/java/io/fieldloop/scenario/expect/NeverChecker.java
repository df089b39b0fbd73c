package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.GatewayHalf;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.report.text.Narration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that something did not happen, and that the whole time it could have happened in was watched. */
final class NeverChecker {
    private final ObservationMatcher matcher;

    NeverChecker(ObservationMatcher matcher) {
        this.matcher = matcher;
    }

    Findings check(Expectation.Never expected, Timeline timeline, Span span) {
        List<JournalEntry> matches = matches(expected.never(), timeline, span);
        if (expected.never() instanceof Expectation.Device device
                && !matcher.unobservableOf(device, matches).isEmpty()) {
            return Findings.inconclusive("It may have happened: " + Narration.of(matches.get(0))
                    + ", but this firmware's console does not show "
                    + String.join(" and ", matcher.unobservableOf(device, matches)) + ".");
        }
        if (matches.size() > 1 && expected.never() instanceof Expectation.Device) {
            Likes likes = Likes.of(matches, new GatewayHalf(timeline.entries()));
            return Findings.failed(
                    "It happened: " + likes.told() + "." + matcher.tookAnyDate(matches), likes.oneOfEachFirst());
        }
        if (!matches.isEmpty()) {
            return Findings.failed(
                    "It happened: " + Narration.of(matches.get(0)) + timesMore(matches) + "."
                            + matcher.tookAnyDate(matches),
                    matches);
        }
        Optional<Lane> unobservable = expected.never() instanceof Expectation.Event event
                ? matcher.unobservableLaneOf(event)
                : Optional.empty();
        if (unobservable.isPresent()) {
            return Findings.inconclusive("It was not seen, but what the "
                    + unobservable.get().wireName() + " does cannot be seen in this rig.");
        }
        if (!timeline.watched(span)) {
            return Findings.inconclusive("The run ended " + Narration.time(timeline.endNanos())
                    + ", before the time in which this must not happen was over.");
        }
        return Findings.passed("It did not happen.", List.of());
    }

    private static String timesMore(List<JournalEntry> matches) {
        return switch (matches.size()) {
            case 1 -> "";
            case 2 -> " and once more";
            default -> " and " + (matches.size() - 1) + " times more";
        };
    }

    private List<JournalEntry> matches(Expectation.Observation observation, Timeline timeline, Span span) {
        if (observation instanceof Expectation.Device device) {
            Map<String, List<JournalEntry>> matches = matcher.of(device, timeline, span);
            Map<String, List<JournalEntry>> logged = matcher.loggedToo(device, timeline, span, matches);
            return matcher.devices(device.device()).stream()
                    .filter(logged::containsKey)
                    .flatMap(name -> matches.getOrDefault(name, List.of()).stream())
                    .toList();
        }
        return matcher.of((Expectation.Event) observation, timeline, span);
    }
}
