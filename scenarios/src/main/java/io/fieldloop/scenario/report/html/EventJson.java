package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventKind;
import io.fieldloop.scenario.catalogue.EventRole;
import io.fieldloop.scenario.catalogue.Tone;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.jsonl.RecordJson;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the page has to know of events: by lane and kind, the part it plays and its tone. */
final class EventJson {
    private record Shown(EventRole role, Tone tone, String by, Map<String, Tone> tones) {
        static Shown of(EventKind kind) {
            return new Shown(
                    kind.role(),
                    kind.tone().usual(),
                    kind.tone().attribute(),
                    new TreeMap<>(kind.tone().by()));
        }
    }

    private EventJson() {}

    static void write(Writer out) throws IOException {
        Map<String, Map<String, Shown>> lanes = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            Map<String, Shown> kinds = new LinkedHashMap<>();
            EventCatalogue.of(lane).forEach(kind -> kinds.put(kind.kind(), Shown.of(kind)));
            lanes.put(lane.wireName(), kinds);
        }
        RecordJson.writeInsideHtml(lanes, out);
    }
}
