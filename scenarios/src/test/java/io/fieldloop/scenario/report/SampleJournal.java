package io.fieldloop.scenario.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.catalogue.EventAttribute;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventKind;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds a journal out of order and hands it out in order. */
public final class SampleJournal {
    private final List<JournalEntry> entries = new ArrayList<>();

    /** Adds an entry; {@code attributes} alternate keys and values. */
    public SampleJournal add(long millis, Lane lane, String actor, String kind, Object... attributes) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            named.put((String) attributes[i], attributes[i + 1]);
        }
        requireReal(lane, kind, named);
        entries.add(new JournalEntry(0, millis * 1_000_000 + entries.size() % 1000, lane, actor, kind, named));
        return this;
    }

    /** No sample holds what no run can hold. */
    private static void requireReal(Lane lane, String kind, Map<String, Object> attributes) {
        Map<String, EventAttribute> known = EventCatalogue.of(lane).stream()
                .filter(event -> event.kind().equals(kind))
                .flatMap(event -> event.attributes().stream())
                .collect(Collectors.toMap(EventAttribute::name, attribute -> attribute));
        assertThat(EventCatalogue.of(lane)).extracting(EventKind::kind).contains(kind);
        assertThat(known.keySet()).as(kind).containsAll(attributes.keySet());
        attributes.forEach((name, value) -> {
            List<String> words = known.get(name).words();
            assertThat(words.isEmpty() || words.contains(value))
                    .as(kind + " " + name + " " + value)
                    .isTrue();
        });
    }

    public SampleJournal log(long millis, String actor, String level, String tag, String message) {
        return add(millis, Lane.DEVICE, actor, "log", "level", level, "tag", tag, "message", message);
    }

    /** A good connect of a device, from wake word to hello. */
    public SampleJournal connect(long millis, String actor) {
        log(millis, actor, "I", "WS", "Connecting to websocket server: wss://gateway.test/xiaozhi/v1/ with version: 1");
        add(millis, Lane.DEVICE, actor, "state-changed", "from", "idle", "to", "connecting");
        add(millis + 1, Lane.DEVICE, actor, "attempt-started", "url", "wss://gateway.test/xiaozhi/v1/");
        add(millis + 90, Lane.LINK, actor, "path-opened", "elapsed", Duration.ofMillis(89));
        add(millis + 91, Lane.GATEWAY, "gateway", "connection-opened", "listener", "wss", "source", "127.0.0.1");
        add(millis + 92, Lane.DEVICE, actor, "tcp-connected", "elapsed", Duration.ofMillis(91));
        return this;
    }

    /** What follows {@link #connect} when all is well. */
    public SampleJournal online(long millis, String actor) {
        add(millis + 512, Lane.GATEWAY, "gateway", "tls-established", "version", "TLSv1.2", "elapsed", ms(421));
        add(millis + 513, Lane.DEVICE, actor, "tls-established", "version", "TLSv1.2", "elapsed", ms(421));
        add(
                millis + 600,
                Lane.GATEWAY,
                "gateway",
                "upgraded",
                "device-id",
                "10:ff:e0:b3:35:76",
                "path",
                "/xiaozhi/v1/");
        add(millis + 690, Lane.DEVICE, actor, "upgraded", "elapsed", ms(177));
        add(millis + 691, Lane.DEVICE, actor, "message-sent", "type", "hello");
        add(millis + 780, Lane.GATEWAY, "gateway", "hello-received", "version", 1L, "transport", "websocket");
        add(millis + 781, Lane.GATEWAY, "gateway", "hello-sent", "session-id", "b1f3c2");
        add(millis + 870, Lane.DEVICE, actor, "online", "elapsed", ms(870), "session-id", "b1f3c2");
        log(millis + 870, actor, "I", "WS", "Session ID: b1f3c2");
        return add(millis + 870, Lane.DEVICE, actor, "state-changed", "from", "connecting", "to", "listening");
    }

    public List<JournalEntry> entries() {
        List<JournalEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(JournalEntry::nanos));
        List<JournalEntry> numbered = new ArrayList<>();
        for (JournalEntry e : sorted) {
            numbered.add(new JournalEntry(numbered.size(), e.nanos(), e.lane(), e.actor(), e.kind(), e.attributes()));
        }
        return numbered;
    }

    public static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
