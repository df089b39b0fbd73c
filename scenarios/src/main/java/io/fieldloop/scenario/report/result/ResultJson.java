package io.fieldloop.scenario.report.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A finished case as JSON, all but its journal, and back.
 *
 * <p>A seed is a string: it has 64 bits, and most readers of JSON keep 53 of a number.
 */
public final class ResultJson {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(JsonEscapes.standalone())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ResultJson() {}

    static JsonGenerator generator(Writer out) throws IOException {
        return JSON.createGenerator(out);
    }

    /** Writes one case; {@code out} stays open. */
    public static void write(ScenarioResult result, Writer out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            result(json, result);
        }
    }

    /** Writes a whole run; {@code out} stays open. */
    public static void write(RunResult run, Writer out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeStringField("started", run.started().toString());
            seconds(json, "wall-seconds", run.wall());
            json.writeStringField("verdict", run.verdict().wireName());
            json.writeNumberField("planned", run.planned());
            json.writeStringField("command", run.command());
            json.writeArrayFieldStart("cases");
            for (ScenarioResult result : run.scenarios()) {
                result(json, result);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void result(JsonGenerator json, ScenarioResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", result.id());
        about(json, result.about());
        json.writeStringField("rig", result.rig().wireName());
        json.writeStringField("seed", Long.toString(result.seed()));
        json.writeStringField("verdict", result.verdict().wireName());
        json.writeStringField("problem", result.problem());
        seconds(json, "simulated-seconds", result.simulated());
        seconds(json, "wall-seconds", result.wall());
        json.writeStringField("repeat", result.repeat());
        json.writeArrayFieldStart("expectations");
        for (ExpectationResult expectation : result.expectations()) {
            expectation(json, expectation);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void about(JsonGenerator json, About about) throws IOException {
        json.writeStringField("title", about.title());
        json.writeStringField("why", about.why());
        json.writeStringField("fix", about.fix());
        texts(json, "links", about.links());
        texts(json, "tags", about.tags());
        json.writeStringField("file", about.position().file());
        json.writeNumberField("line", about.position().line());
        json.writeNumberField("column", about.position().column());
    }

    private static void expectation(JsonGenerator json, ExpectationResult expectation) throws IOException {
        json.writeStartObject();
        json.writeStringField("expectation", expectation.expectation());
        json.writeStringField("position", expectation.position());
        json.writeStringField("verdict", expectation.verdict().wireName());
        json.writeStringField("explanation", expectation.explanation());
        json.writeArrayFieldStart("evidence");
        for (long sequence : expectation.evidence()) {
            json.writeNumber(sequence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void seconds(JsonGenerator json, String name, Duration duration) throws IOException {
        json.writeNumberField(name, BigDecimal.valueOf(duration.toNanos(), 9));
    }

    static ScenarioResult read(JsonNode json, List<JournalEntry> journal) {
        List<ExpectationResult> expectations = new ArrayList<>();
        for (JsonNode one : json.required("expectations")) {
            List<Long> evidence = new ArrayList<>();
            one.required("evidence").forEach(sequence -> evidence.add(sequence.asLong()));
            expectations.add(new ExpectationResult(
                    text(one, "expectation"), text(one, "position"), verdict(one), text(one, "explanation"), evidence));
        }
        return new ScenarioResult(
                text(json, "id"),
                about(json),
                RigKind.valueOf(text(json, "rig").toUpperCase(Locale.ROOT)),
                Long.parseLong(text(json, "seed")),
                verdict(json),
                textOrNull(json, "problem"),
                expectations,
                journal,
                duration(json, "simulated-seconds"),
                duration(json, "wall-seconds"),
                text(json, "repeat"));
    }

    private static About about(JsonNode json) {
        return new About(
                text(json, "title"),
                textOrNull(json, "why"),
                textOrNull(json, "fix"),
                texts(json, "links"),
                texts(json, "tags"),
                new SourcePosition(
                        text(json, "file"),
                        json.required("line").asInt(),
                        json.required("column").asInt()));
    }

    private static Verdict verdict(JsonNode json) {
        return Verdict.valueOf(text(json, "verdict").toUpperCase(Locale.ROOT));
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).asText();
    }

    private static @Nullable String textOrNull(JsonNode json, String name) {
        JsonNode text = json.required(name);
        return text.isNull() ? null : text.asText();
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.required(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Duration duration(JsonNode json, String name) {
        return Duration.ofNanos(
                json.required(name).decimalValue().movePointRight(9).longValue());
    }
}
