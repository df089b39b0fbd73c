package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.model.DurationText;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Names;
import io.fieldloop.scenario.model.Scenario;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells which journal entries an observation speaks of. */
final class ObservationMatcher {
    private final Scenario scenario;

    ObservationMatcher(Scenario scenario) {
        this.scenario = scenario;
    }

    List<String> devices(Names names) {
        return scenario.deviceNames(names);
    }

    /**
     * By device, the entries that make it what the expectation says, or lines of its log that contain what it asks for; a
     * device without any is absent.
     */
    Map<String, List<JournalEntry>> of(Expectation.Device expected, Timeline timeline, Span span) {
        DeviceStatus is = expected.is();
        return is == null
                ? logLines(expected, Objects.requireNonNull(expected.log()), timeline, span)
                : ofDevices(expected, timeline, span, entry -> isStatus(entry, is, expected));
    }

    /** By device, the lines of its log that contain {@code text}. */
    Map<String, List<JournalEntry>> logLines(Expectation.Device expected, String text, Timeline timeline, Span span) {
        return ofDevices(expected, timeline, span, entry -> isLogLine(entry, text));
    }

    /** One pass for all devices: a fleet's journal is too long to be read once for each of them. */
    private Map<String, List<JournalEntry>> ofDevices(
            Expectation.Device expected, Timeline timeline, Span span, Predicate<JournalEntry> matches) {
        Set<String> devices = new HashSet<>(devices(expected.device()));
        return timeline.entries().stream()
                .filter(entry -> entry.lane() == Lane.DEVICE && span.contains(entry.nanos()))
                .filter(matches)
                .filter(entry -> devices.contains(entry.actor()))
                .collect(Collectors.groupingBy(JournalEntry::actor));
    }

    private static boolean isStatus(JournalEntry entry, DeviceStatus is, Expectation.Device expected) {
        return entry.kind().equals(kindOf(is))
                && agrees(entry, "reason", expected.reason())
                && agrees(entry, "code", expected.code())
                && agrees(entry, "alert-sent", expected.alertSent())
                && agrees(entry, "alert-received", expected.alertReceived())
                && agrees(entry, "phase", expected.phase())
                && (expected.elapsed() == null
                        || (entry.attributes().get("elapsed") instanceof Duration elapsed
                                && expected.elapsed().contains(elapsed)));
    }

    private static boolean isLogLine(JournalEntry entry, String text) {
        return entry.kind().equals("log")
                && String.valueOf(entry.attributes().get("message")).contains(text);
    }

    /** The kind of journal entry that says a device has become {@code status}. */
    static String kindOf(DeviceStatus status) {
        return status == DeviceStatus.TALKED ? "turn-completed" : status.wireName();
    }

    private static boolean agrees(JournalEntry entry, String attribute, @Nullable Object expected) {
        return expected == null
                || String.valueOf(expected)
                        .equals(String.valueOf(entry.attributes().get(attribute)));
    }

    List<JournalEntry> of(Expectation.Event expected, Timeline timeline, Span span) {
        return timeline.entries().stream()
                .filter(entry -> entry.kind().equals(expected.event()))
                .filter(entry -> expected.of() == null || entry.lane() == expected.of())
                .filter(entry -> expected.actor() == null || concerns(entry, expected.actor()))
                .filter(entry -> span.contains(entry.nanos()))
                .filter(entry -> hasAttributes(entry, expected.where()))
                .toList();
    }

    /** The gateway's and the link's entries name the device they are about in an attribute. */
    private static boolean concerns(JournalEntry entry, Names names) {
        return names.includes(entry.actor())
                || (entry.attributes().get("device") instanceof String device && names.includes(device));
    }

    private static boolean hasAttributes(JournalEntry entry, Map<String, @Nullable String> where) {
        return where.entrySet().stream()
                .allMatch(wanted -> Objects.equals(
                        wanted.getValue(), text(entry.attributes().get(wanted.getKey()))));
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return DurationText.print(duration);
        }
        return value == null ? null : String.valueOf(value);
    }
}
