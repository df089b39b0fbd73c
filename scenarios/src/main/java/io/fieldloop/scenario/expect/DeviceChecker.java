package io.fieldloop.scenario.expect;

import static java.util.stream.Collectors.joining;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks that every device an expectation names became what it says. */
final class DeviceChecker {
    /** What a device ends up as; shown when it became something else than expected. */
    private static final Set<String> OUTCOMES = Set.of("online", "refused", "offline", "turn-completed", "turn-failed");

    private static final int NAMES_MAX = 5;
    private static final int OUTCOMES_MAX = 5;

    private final ObservationMatcher matcher;

    DeviceChecker(ObservationMatcher matcher) {
        this.matcher = matcher;
    }

    Findings check(Expectation.Device expected, Timeline timeline, Span span) {
        List<JournalEntry> seen = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String device : matcher.devices(expected.device())) {
            List<JournalEntry> matches = matcher.of(expected, device, timeline, span);
            if (matches.isEmpty() || !logged(expected, device, timeline, span)) {
                missing.add(device);
            } else {
                seen.add(matches.get(0));
            }
        }
        if (!missing.isEmpty()) {
            return missed(expected, missing, timeline, span);
        }
        return Findings.passed(
                seen.size() == 1
                        ? Narration.of(seen.get(0))
                        : "All " + seen.size() + " did, the last: " + Narration.of(latest(seen)),
                seen);
    }

    /** An expectation with both {@code is} and {@code log} wants the status and, anywhere in its window, the line. */
    private static boolean logged(Expectation.Device expected, String device, Timeline timeline, Span span) {
        String log = expected.log();
        return log == null
                || timeline.entries().stream()
                        .anyMatch(entry -> entry.actor().equals(device)
                                && span.contains(entry.nanos())
                                && ObservationMatcher.isLogLine(entry, log));
    }

    private static JournalEntry latest(List<JournalEntry> entries) {
        return entries.stream().reduce((a, b) -> a.nanos() > b.nanos() ? a : b).orElseThrow();
    }

    private Findings missed(Expectation.Device expected, List<String> missing, Timeline timeline, Span span) {
        List<JournalEntry> instead = timeline.entries().stream()
                .filter(entry -> entry.lane() == Lane.DEVICE && missing.contains(entry.actor()))
                .filter(entry -> OUTCOMES.contains(entry.kind()) && span.contains(entry.nanos()))
                .toList();
        String who = missing.stream().limit(NAMES_MAX).collect(joining(", "))
                + (missing.size() > NAMES_MAX ? " and " + (missing.size() - NAMES_MAX) + " more" : "");
        String seen = instead.isEmpty()
                ? "no attempt ended and nothing was lost in that time"
                : instead.stream().limit(OUTCOMES_MAX).map(Narration::of).collect(joining("; "));
        String wanted = expected.is() == null
                ? "to log \"" + expected.log() + "\""
                : "to be " + Objects.requireNonNull(expected.is()).wireName() + " as described";
        return Findings.failed("Expected " + who + " " + wanted + ". Seen instead: " + seen + ".", instead);
    }
}
