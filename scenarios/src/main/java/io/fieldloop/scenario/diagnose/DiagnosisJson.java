package io.fieldloop.scenario.diagnose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A diagnosis as one JSON object, with the words of the texts. */
public final class DiagnosisJson {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().characterEscapes(JsonEscapes.standalone()).build();

    private final JsonGenerator json;
    private final CauseTexts texts;

    private DiagnosisJson(JsonGenerator json, CauseTexts texts) {
        this.json = json;
        this.texts = texts;
    }

    /** Writes the object and a line's end; {@code out} stays open. */
    public static void write(Diagnosis diagnosis, CauseTexts texts, Writer out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        new DiagnosisJson(json, texts).diagnosis(diagnosis);
        json.writeRaw('\n');
        json.close();
    }

    private void diagnosis(Diagnosis diagnosis) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", diagnosis.source());
        json.writeStringField("summary", diagnosis.summary());
        json.writeArrayFieldStart("findings");
        for (Finding finding : diagnosis.findings()) {
            finding(finding);
        }
        json.writeEndArray();
        strings("notes", diagnosis.notes());
        json.writeEndObject();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("part", finding.part());
        json.writeStringField("subject", finding.subject());
        json.writeNumberField("times", finding.times());
        json.writeArrayFieldStart("causes");
        for (Cause cause : finding.causes()) {
            cause(cause);
        }
        json.writeEndArray();
        evidence("seen", finding.seen());
        json.writeEndObject();
    }

    private void cause(Cause cause) throws IOException {
        CauseText text = texts.of(cause.word());
        json.writeStartObject();
        json.writeStringField("cause", cause.word());
        json.writeStringField("reason", text.reason());
        json.writeStringField("confidence", cause.confidence().word());
        json.writeStringField("means", text.means());
        evidence("evidence", cause.evidence());
        strings("tells", cause.tells());
        strings("fix", text.fix());
        json.writeStringField("scenario", text.scenario());
        json.writeEndObject();
    }

    private void evidence(String key, List<Evidence> evidence) throws IOException {
        json.writeArrayFieldStart(key);
        for (Evidence one : evidence) {
            json.writeStartObject();
            json.writeStringField("place", one.place());
            json.writeStringField("shown", one.shown());
            json.writeStringField("says", one.says());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void strings(String key, List<String> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
