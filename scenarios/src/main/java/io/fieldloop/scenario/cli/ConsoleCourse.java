package io.fieldloop.scenario.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.text.EvidenceText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What happened to a device's connection by its console, in order; of a log of a week the first entries and the counts. */
final class ConsoleCourse {
    private static final int ENTRIES_MAX = 40;

    /** States and messages, of which a log is full. */
    private static final Set<String> LEFT_OUT = Stream.of(
                    DeviceEvent.StateChanged.class,
                    DeviceEvent.MessageSent.class,
                    DeviceEvent.MessageReceived.class,
                    DeviceEvent.AudioSent.class,
                    DeviceEvent.AudioReceived.class,
                    DeviceEvent.PongSent.class)
            .map(EventCatalogue::kind)
            .collect(toSet());

    private final List<SavedConsole.Entry> first = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private int told;

    void take(SavedConsole.Entry entry) {
        if (LEFT_OUT.contains(entry.kind())) {
            return;
        }
        told++;
        kinds.merge(entry.kind(), 1, Integer::sum);
        if (first.size() < ENTRIES_MAX) {
            first.add(entry);
        }
        Object reason = entry.attributes().get("reason");
        boolean device = entry.kind().equals(SavedConsole.SIGNS) || Side.ofEvent(entry.kind()) == Side.DEVICE;
        if (reason != null && device && entry.said()) {
            reasons.merge(reason.toString(), 1, Integer::sum);
        }
    }

    /** Empty where nothing happened. */
    List<String> lines(Translation language) {
        List<String> text = new ArrayList<>();
        if (told == 0) {
            return text;
        }
        text.add("");
        text.add(language.of("In order"));
        first.stream().map(ConsoleCourse::line).forEach(text::add);
        if (told > first.size()) {
            text.add(language.say("... and {0} more", told - first.size()));
        }
        long attempts = count(DeviceEvent.AttemptStarted.class);
        text.add(language.say(
                        attempts == 1
                                ? "{0} attempt, {1} online, {2} refused"
                                : "{0} attempts, {1} online, {2} refused",
                        attempts,
                        count(DeviceEvent.Online.class),
                        count(DeviceEvent.Refused.class))
                + reasons.entrySet().stream()
                        .map(reason -> reason.getKey() + " " + reason.getValue())
                        .collect(joining(", ", reasons.isEmpty() ? "" : "; ", "")));
        return text;
    }

    /** What no line said is left out, since it would read like one: a reason and its phase, and how long an attempt took whose begin is not there. */
    private static String line(SavedConsole.Entry entry) {
        Map<String, Object> attributes = new LinkedHashMap<>(entry.attributes());
        if (!entry.said()) {
            attributes.keySet().removeAll(Set.of("reason", "phase"));
        }
        attributes.remove("elapsed", Duration.ZERO);
        attributes.remove("url", "");
        return EvidenceText.line(new JournalEntry(
                entry.line(), entry.nanos(), Lane.DEVICE, "line " + entry.line(), entry.kind(), attributes));
    }

    private long count(Class<? extends DeviceEvent> event) {
        return kinds.getOrDefault(EventCatalogue.kind(event), 0);
    }
}
