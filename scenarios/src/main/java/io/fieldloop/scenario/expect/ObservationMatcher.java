package io.fieldloop.scenario.expect;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.gateway.CertificateSpec;
import io.fieldloop.scenario.model.value.DurationRange;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.Names;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which journal entries an observation speaks of. */
final class ObservationMatcher {
    private static final String LOG = EventCatalogue.kind(DeviceEvent.Log.class);

    private static final String ELAPSED = "elapsed";

    private static final String ONLINE = EventCatalogue.kind(DeviceEvent.Online.class);

    private final Scenario scenario;
    private final Set<String> unobservable;
    private final Set<Lane> unobservableLanes;

    /**
     * @param unobservable attributes the rig cannot observe: an entry without one of them agrees with any expectation of it
     * @param unobservableLanes whose entries are not in the journal, though they may have happened
     */
    ObservationMatcher(Scenario scenario, Set<String> unobservable, Set<Lane> unobservableLanes) {
        this.scenario = scenario;
        this.unobservable = Set.copyOf(unobservable);
        this.unobservableLanes = Set.copyOf(unobservableLanes);
    }

    List<String> devices(Names names) {
        return scenario.deviceNames(names);
    }

    /** Says, as the end of a sentence, which of those devices take a certificate of any date: stock ESP-IDF does, and so does a modem. */
    String takesAnyDate(Set<String> devices) {
        Set<String> profiles = devices.stream()
                .map(device -> scenario.devices().get(device.replaceFirst("#.*", "")))
                .filter(device -> device != null && !device.checksCertificateDates())
                .map(DeviceSpec::profile)
                .collect(Collectors.toCollection(TreeSet::new));
        return profiles.isEmpty()
                ? ""
                : " A device with the profile " + String.join(", ", profiles)
                        + " checks no certificate dates, and takes a certificate of any.";
    }

    /** The same of those that were seen online while a certificate of the gateway was not valid. */
    String tookAnyDate(List<JournalEntry> seen) {
        List<CertificateSpec> certificates = Stream.concat(
                        Stream.of(scenario.gateway().certificate()),
                        scenario.allSteps()
                                .filter(Step.RenewCertificate.class::isInstance)
                                .map(step -> ((Step.RenewCertificate) step).certificate()))
                .toList();
        return takesAnyDate(seen.stream()
                .filter(entry -> entry.kind().equals(ONLINE))
                .filter(entry -> certificates.stream()
                        .anyMatch(certificate -> !certificate.valid().contains(Duration.ofNanos(entry.nanos()))))
                .map(JournalEntry::actor)
                .collect(Collectors.toSet()));
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

    /** An expectation with both {@code is} and {@code log} wants the status and, anywhere in its window, the line. */
    Map<String, List<JournalEntry>> loggedToo(
            Expectation.Device expected, Timeline timeline, Span span, Map<String, List<JournalEntry>> matches) {
        String log = expected.log();
        return log == null ? matches : logLines(expected, log, timeline, span);
    }

    /** By device, the lines of its log that contain {@code text}. */
    private Map<String, List<JournalEntry>> logLines(
            Expectation.Device expected, String text, Timeline timeline, Span span) {
        return ofDevices(expected, timeline, span, entry -> isLogLine(entry, text));
    }

    /** One pass for all devices: a fleet's journal is too long to be read once for each of them. */
    private Map<String, List<JournalEntry>> ofDevices(
            Expectation.Device expected, Timeline timeline, Span span, Predicate<JournalEntry> matches) {
        Set<String> devices = new HashSet<>(devices(expected.device()));
        return timeline.entries().stream()
                .filter(entry -> entry.lane() == Lane.DEVICE && span.contains(entry))
                .filter(matches)
                .filter(entry -> devices.contains(entry.actor()))
                .collect(Collectors.groupingBy(JournalEntry::actor));
    }

    /** The attributes {@code expected} asks for that cannot be seen in this rig, and are not in all of {@code entries}. */
    List<String> unobservableOf(Expectation.Device expected, List<JournalEntry> entries) {
        return wanted(expected).entrySet().stream()
                .filter(attribute -> attribute.getValue() != null && unobservable.contains(attribute.getKey()))
                .map(Map.Entry::getKey)
                .filter(name ->
                        entries.stream().anyMatch(entry -> entry.attributes().get(name) == null))
                .toList();
    }

    /** Whose events {@code expected} may speak of that cannot be seen in this rig. */
    Optional<Lane> unobservableLaneOf(Expectation.Event expected) {
        return unobservableLanes.stream()
                .filter(lane -> expected.of() == null || expected.of() == lane)
                .filter(lane -> EventCatalogue.of(lane).stream()
                        .anyMatch(kind -> kind.kind().equals(expected.event())))
                .findFirst();
    }

    private static Map<String, @Nullable Object> wanted(Expectation.Device expected) {
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        wanted.put("reason", expected.reason());
        wanted.put("code", expected.code());
        wanted.put("alert-sent", expected.alertSent());
        wanted.put("alert-received", expected.alertReceived());
        wanted.put("phase", expected.phase());
        return wanted;
    }

    private boolean isStatus(JournalEntry entry, DeviceStatus is, Expectation.Device expected) {
        return entry.kind().equals(kindOf(is))
                && wanted(expected).entrySet().stream()
                        .allMatch(attribute -> agrees(entry, attribute.getKey(), attribute.getValue()))
                && (expected.elapsed() == null || isElapsed(entry, expected.elapsed()));
    }

    /** In what an entry of the expected kind is otherwise; nothing for one of another kind. */
    List<String> differences(Expectation.Device expected, JournalEntry entry) {
        DeviceStatus is = expected.is();
        List<String> differences = new ArrayList<>();
        if (is == null || !entry.kind().equals(kindOf(is))) {
            return differences;
        }
        wanted(expected).forEach((attribute, value) -> {
            if (!agrees(entry, attribute, value)) {
                differences.add(attribute + " is " + entry.attributes().get(attribute) + ", expected " + value);
            }
        });
        if (expected.elapsed() != null && !isElapsed(entry, expected.elapsed())) {
            differences.add("elapsed is "
                    + (entry.attributes().get(ELAPSED) instanceof Duration elapsed
                            ? DurationText.print(elapsed)
                            : "not said")
                    + ", expected " + expected.elapsed());
        }
        return differences;
    }

    private static boolean isElapsed(JournalEntry entry, DurationRange range) {
        return entry.attributes().get(ELAPSED) instanceof Duration elapsed && range.contains(elapsed);
    }

    private static boolean isLogLine(JournalEntry entry, String text) {
        return entry.kind().equals(LOG)
                && String.valueOf(entry.attributes().get("message")).contains(text);
    }

    /** The kind of journal entry that says a device has become {@code status}. */
    static String kindOf(DeviceStatus status) {
        return EventCatalogue.kind(
                switch (status) {
                    case ONLINE -> DeviceEvent.Online.class;
                    case REFUSED -> DeviceEvent.Refused.class;
                    case OFFLINE -> DeviceEvent.Offline.class;
                    case TALKED -> DeviceEvent.TurnCompleted.class;
                    case INTERRUPTED -> DeviceEvent.TurnInterrupted.class;
                });
    }

    private boolean agrees(JournalEntry entry, String attribute, @Nullable Object expected) {
        Object actual = entry.attributes().get(attribute);
        return expected == null
                || (actual == null && unobservable.contains(attribute))
                || String.valueOf(expected).equals(String.valueOf(actual));
    }

    List<JournalEntry> of(Expectation.Event expected, Timeline timeline, Span span) {
        return timeline.entries().stream()
                .filter(entry -> entry.kind().equals(expected.event()))
                .filter(entry -> expected.of() == null || entry.lane() == expected.of())
                .filter(entry -> expected.actor() == null || concerns(entry, expected.actor()))
                .filter(entry -> span.contains(entry))
                .filter(entry -> hasAttributes(entry, expected.where()))
                .toList();
    }

    /** The gateway's and the link's entries name the device they are about in an attribute. */
    private static boolean concerns(JournalEntry entry, Names names) {
        return names.includes(entry.actor())
                || (entry.attributes().get(EventCatalogue.DEVICE) instanceof String device && names.includes(device));
    }

    private static boolean hasAttributes(JournalEntry entry, Map<String, @Nullable String> where) {
        return where.entrySet().stream().allMatch(wanted -> says(entry.written(wanted.getKey()), wanted.getValue()));
    }

    /** Numbers are equal however many decimals they are written with. */
    private static boolean says(@Nullable Object value, @Nullable String wanted) {
        if (value == null || wanted == null) {
            return value == wanted;
        }
        return value instanceof Number
                ? new BigDecimal(value.toString()).compareTo(new BigDecimal(wanted)) == 0
                : wanted.equals(value.toString());
    }
}
