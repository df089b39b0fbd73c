package io.fieldloop.scenario.expect;

import static java.util.stream.Collectors.joining;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventRole;
import io.fieldloop.scenario.journal.GatewayHalf;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.report.text.Narration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Checks that every device an expectation names became what it says. */
final class DeviceChecker {
    private static final String EGRESS_DENIED = EventCatalogue.kind(LinkEvent.EgressDenied.class);
    /** An attempt may fail long after the broker has put the device out, and then tells of nothing but its own patience. */
    private static final Set<String> FROM_THE_BROKER = Set.of(
            EventCatalogue.kind(DeviceEvent.MqttRefused.class),
            EventCatalogue.kind(DeviceEvent.MqttDisconnected.class));

    private static final int NAMES_MAX = 5;
    private static final Set<String> DATES =
            Set.of(FailureReason.CERTIFICATE_EXPIRED.wireName(), FailureReason.CERTIFICATE_NOT_YET_VALID.wireName());

    private final ObservationMatcher matcher;

    DeviceChecker(ObservationMatcher matcher) {
        this.matcher = matcher;
    }

    Findings check(Expectation.Device expected, Timeline timeline, Span span) {
        Map<String, List<JournalEntry>> matches = matcher.of(expected, timeline, span);
        Map<String, List<JournalEntry>> logged = matcher.loggedToo(expected, timeline, span, matches);
        List<JournalEntry> seen = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String device : matcher.devices(expected.device())) {
            List<JournalEntry> ofDevice = matches.get(device);
            if (ofDevice == null || !logged.containsKey(device)) {
                missing.add(device);
            } else {
                seen.add(ofDevice.get(0));
            }
        }
        if (!missing.isEmpty()) {
            return missed(expected, missing, timeline, span);
        }
        List<String> unobservable = matcher.unobservableOf(expected, seen);
        if (!unobservable.isEmpty()) {
            return Findings.inconclusive("What can be seen agrees, but this firmware's console does not show "
                    + String.join(" and ", unobservable) + ".");
        }
        return Findings.passed(
                seen.size() == 1
                        ? Narration.of(seen.get(0))
                        : "All " + seen.size() + " did, the last: " + Narration.of(latest(seen)),
                seen);
    }

    private static JournalEntry latest(List<JournalEntry> entries) {
        return entries.stream().reduce((a, b) -> a.nanos() > b.nanos() ? a : b).orElseThrow();
    }

    private Findings missed(Expectation.Device expected, Set<String> missing, Timeline timeline, Span span) {
        List<JournalEntry> instead = timeline.entries().stream()
                .filter(entry -> entry.lane() == Lane.DEVICE && missing.contains(entry.actor()))
                .filter(entry -> span.contains(entry)
                        && (EventCatalogue.role(entry) == EventRole.OUTCOME || FROM_THE_BROKER.contains(entry.kind())))
                .toList();
        String who = missing.stream().limit(NAMES_MAX).collect(joining(", "))
                + (missing.size() > NAMES_MAX ? " and " + (missing.size() - NAMES_MAX) + " more" : "");
        Likes likes = Likes.of(instead, new GatewayHalf(timeline.entries()));
        String wanted = expected.is() == null
                ? "to log \"" + expected.log() + "\""
                : "to be " + Objects.requireNonNull(expected.is()).wireName() + " as described";
        return Findings.failed(
                "Expected " + who + " " + wanted + "; seen instead: " + likes.told() + "."
                        + otherwise(expected, instead)
                        + (DATES.contains(Objects.requireNonNullElse(expected.reason(), ""))
                                ? matcher.takesAnyDate(missing)
                                : expected.is() == DeviceStatus.REFUSED ? matcher.tookAnyDate(instead) : "")
                        + notLogged(expected, missing, timeline, span)
                        + atAnotherTime(expected, missing, timeline, span)
                        + notLetOut(missing, timeline),
                likes.oneOfEachFirst());
    }

    /** What it was that did not agree, of the first entry that agrees in kind. */
    private String otherwise(Expectation.Device expected, List<JournalEntry> instead) {
        return instead.stream()
                .map(entry -> matcher.differences(expected, entry))
                .filter(differences -> !differences.isEmpty())
                .findFirst()
                .map(differences -> " Not as described: " + String.join("; ", differences) + ".")
                .orElse("");
    }

    /** All that a device was agreed, and only the line is missing. */
    private String notLogged(Expectation.Device expected, Set<String> missing, Timeline timeline, Span span) {
        String log = expected.log();
        boolean onlyThat = expected.is() != null
                && log != null
                && matcher.of(expected, timeline, span).keySet().containsAll(missing);
        return onlyThat ? " No line of its log contains \"" + log + "\"." : "";
    }

    /** Firmware that still knows another server is the commonest reason why the gateway waits. */
    private static String notLetOut(Set<String> missing, Timeline timeline) {
        String wanted = timeline.entries().stream()
                .filter(entry -> entry.lane() == Lane.LINK && missing.contains(entry.actor()))
                .filter(entry -> entry.kind().equals(EGRESS_DENIED))
                .map(entry ->
                        entry.attributes().get("to") + " (" + entry.attributes().get("protocol") + ")")
                .distinct()
                .limit(NAMES_MAX)
                .collect(joining(", "));
        return wanted.isEmpty()
                ? ""
                : " Not let out: " + wanted + "; a name that the gateway's certificate has leads to the gateway,"
                        + " --internet lets firmware out.";
    }

    /** A window that begins a moment too late, or ends too early, is the commonest mistake in a file. */
    private String atAnotherTime(Expectation.Device expected, Set<String> missing, Timeline timeline, Span span) {
        return matcher.of(expected, timeline, Span.WHOLE).values().stream()
                .flatMap(List::stream)
                .filter(entry -> missing.contains(entry.actor()) && !span.contains(entry))
                .min(Comparator.comparingLong(span::nanosAway))
                .map(entry -> " At another time it did: " + Narration.of(entry) + "."
                        + (timeline.isWithin(expected.window().after(), entry)
                                ? " The step that `after` names was not done then."
                                : ""))
                .orElse("");
    }
}
