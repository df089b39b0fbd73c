package io.fieldloop.scenario.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.fieldloop.scenario.explain.Explanation;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the page says about reasons: the texts of those that occurred in the run, by side and word. */
final class ReasonJson {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(JsonEscapes.insideHtml())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private ReasonJson() {}

    static void write(RunResult run, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("sides");
            for (Map.Entry<String, Side> side : Side.byEvent().entrySet()) {
                json.writeStringField(side.getKey(), side.getValue().wireName());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("texts");
            for (Map.Entry<String, Explanation> text : occurring(run).entrySet()) {
                json.writeObjectFieldStart(text.getKey());
                text(json, text.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static Map<String, Explanation> occurring(RunResult run) {
        Explanations explanations = Explanations.bundled();
        Map<String, Explanation> occurring = new TreeMap<>();
        for (ScenarioResult scenario : run.scenarios()) {
            for (JournalEntry entry : scenario.journal()) {
                Side side = Side.ofEvent(entry.kind());
                Object reason = entry.attributes().get("reason");
                if (side != null && reason instanceof String word) {
                    explanations
                            .find(side, word)
                            .ifPresent(found -> occurring.put(side.wireName() + "/" + word, found));
                }
            }
        }
        return occurring;
    }

    private static void text(JsonGenerator json, Explanation one) throws IOException {
        json.writeStringField("reason", one.reason());
        json.writeStringField("title", one.side().title());
        json.writeStringField("meaning", one.meaning());
        texts(json, "lines", one.deviceLines());
        json.writeStringField("note", one.deviceNote() == null ? "" : one.deviceNote());
        json.writeStringField("code", one.code() == null ? "" : one.code());
        json.writeStringField("timing", one.timing());
        texts(json, "server", one.server());
        texts(json, "causes", one.causes());
        texts(json, "checks", one.checks());
        json.writeStringField("scenario", one.scenario());
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
