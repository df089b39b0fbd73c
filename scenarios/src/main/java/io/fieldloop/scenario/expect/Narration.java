package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts journal entries into words. */
final class Narration {
    private Narration() {}

    /** For example {@code door refused at 11:00.120 (reason certificate-expired, code -0x2700, …)}. */
    static String of(JournalEntry entry) {
        String attributes = entry.attributes().entrySet().stream()
                .map(attribute -> attribute.getKey() + " " + value(attribute.getValue()))
                .collect(Collectors.joining(", "));
        return entry.actor() + " " + entry.kind() + " " + time(entry.nanos())
                + (attributes.isEmpty() ? "" : " (" + attributes + ")");
    }

    private static String value(Object value) {
        return value instanceof Duration duration ? duration(duration) : String.valueOf(value);
    }

    /** Time since the start: {@code at 0.120 s}, {@code at 11:00.120}. */
    static String time(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        if (time.toMinutes() == 0) {
            return String.format(Locale.ROOT, "at %.3f s", nanos / 1e9);
        }
        String clock = String.format(
                Locale.ROOT, "%d:%02d.%03d", time.toMinutesPart(), time.toSecondsPart(), time.toMillisPart());
        return "at " + (time.toHours() == 0 ? clock : time.toHours() + ":" + (clock.length() < 9 ? "0" : "") + clock);
    }

    /** To three digits after the point, in milliseconds or seconds. */
    static String duration(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return Math.abs(seconds) < 1
                ? String.format(Locale.ROOT, "%.3f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.3f s", seconds);
    }
}
