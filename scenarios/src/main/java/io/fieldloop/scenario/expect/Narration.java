package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.text.TimeText;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts journal entries into words: what a person asks first; all of an entry is in the evidence. */
final class Narration {
    /** Attributes that tell entries apart, and not what happened. */
    private static final Set<String> IDENTITY =
            Set.of("connection", "device", "device-id", "client-id", "session-id", "listener", "port");

    private Narration() {}

    /** For example {@code door refused at 11m 00.120s (reason certificate-expired, code -0x2700, …)}. */
    static String of(JournalEntry entry) {
        String attributes = entry.attributes().entrySet().stream()
                .filter(attribute -> !IDENTITY.contains(attribute.getKey()))
                .map(attribute -> attribute.getKey() + " " + value(attribute.getValue()))
                .collect(Collectors.joining(", "));
        return entry.actor() + " " + entry.kind() + " " + time(entry.nanos())
                + (attributes.isEmpty() ? "" : " (" + attributes + ")");
    }

    private static String value(Object value) {
        return value instanceof Duration duration ? TimeText.of(duration) : String.valueOf(value);
    }

    /** Time since the start: {@code at 0.120s}, {@code at 11m 00.120s}. */
    static String time(long nanos) {
        return "at " + TimeText.at(nanos);
    }

    /** A measured value to three digits after the point, in milliseconds or seconds. */
    static String duration(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return Math.abs(seconds) < 1
                ? String.format(Locale.ROOT, "%.3f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.3f s", seconds);
    }
}
