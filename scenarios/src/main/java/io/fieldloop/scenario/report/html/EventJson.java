package io.fieldloop.scenario.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventKind;
import io.fieldloop.scenario.catalogue.Tone;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the page has to know of events: by lane and kind, the part it plays and its tone. */
final class EventJson {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(JsonEscapes.insideHtml())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private EventJson() {}

    static void write(Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (Lane lane : Lane.values()) {
                json.writeObjectFieldStart(lane.wireName());
                for (EventKind kind : EventCatalogue.of(lane)) {
                    json.writeObjectFieldStart(kind.kind());
                    kind(json, kind);
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private static void kind(JsonGenerator json, EventKind kind) throws IOException {
        json.writeStringField("role", kind.role().wireName());
        json.writeStringField("tone", kind.tone().usual().wireName());
        json.writeStringField("by", kind.tone().attribute());
        json.writeObjectFieldStart("tones");
        for (Map.Entry<String, Tone> tone : new TreeMap<>(kind.tone().by()).entrySet()) {
            json.writeStringField(tone.getKey(), tone.getValue().wireName());
        }
        json.writeEndObject();
    }
}
