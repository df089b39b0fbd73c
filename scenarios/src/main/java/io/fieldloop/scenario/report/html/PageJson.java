package io.fieldloop.scenario.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import io.fieldloop.scenario.report.jsonl.RecordJson;
import io.fieldloop.scenario.report.text.StepNotes;
import io.fieldloop.scenario.report.text.Story;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.Tolerated;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what the page's script reads: the run with a line per case, and per case its expectations and events. */
final class PageJson {
    /** Longer text is cut with a count; the whole of it is in the journal file. */
    static final int TEXT_MAX = 1_000;

    /** More evidence than this of one expectation is named by its count alone. */
    private static final int EVIDENCE_MAX = 5_000;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(JsonEscapes.insideHtml())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private PageJson() {}

    static void run(RunResult run, @Nullable Compared compared, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("started", run.started().toString());
            json.writeStringField("wall", TimeText.of(run.wall()));
            json.writeStringField("verdict", run.verdict().wireName());
            json.writeNumberField("planned", run.planned());
            json.writeStringField("command", run.command());
            if (compared != null) {
                json.writeFieldName("compared");
                json.writeRawValue(insideHtml(compared));
            }
            json.writeArrayFieldStart("cases");
            for (ScenarioResult scenario : run.scenarios()) {
                caseLine(json, scenario);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void caseLine(JsonGenerator json, ScenarioResult scenario) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", scenario.id());
        json.writeStringField("title", scenario.title());
        texts(json, "tags", scenario.about().tags());
        json.writeStringField("rig", scenario.rig().wireName());
        json.writeStringField("verdict", scenario.verdict().wireName());
        json.writeBooleanField("reproduced", scenario.reproduction().isPresent());
        json.writeStringField("headline", cut(scenario.headline().orElse("")));
        json.writeStringField("simulated", TimeText.of(scenario.simulated()));
        json.writeStringField("wall", TimeText.of(scenario.wall()));
        json.writeNumberField("millis", scenario.wall().toMillis());
        json.writeEndObject();
    }

    /** One case; {@code journal} is where all of its journal lies, relative to the page. */
    static void scenario(
            ScenarioResult scenario, String journal, List<ShownEvent> shown, Translation language, Writer out)
            throws IOException {
        Set<Long> single = shown.stream()
                .filter(event -> !event.folded())
                .map(event -> event.first().sequence())
                .collect(Collectors.toSet());
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField(
                    "why", Objects.requireNonNullElse(scenario.about().why(), ""));
            json.writeStringField(
                    "fix", Objects.requireNonNullElse(scenario.about().fix(), ""));
            texts(json, "notes", notes(scenario, language));
            texts(json, "links", scenario.about().links());
            json.writeStringField("seed", Long.toString(scenario.seed()));
            json.writeStringField("problem", scenario.problem() == null ? "" : scenario.problem());
            json.writeStringField("repeat", scenario.repeat());
            json.writeStringField("journal", journal);
            json.writeNumberField("events", scenario.journal().size());
            actors(json, scenario.journal());
            json.writeNumberField("endNanos", scenario.simulated().toNanos());
            json.writeArrayFieldStart("expectations");
            for (ExpectationResult expectation : scenario.expectations()) {
                expectation(json, expectation, single);
            }
            json.writeEndArray();
            json.writeFieldName("pictures");
            json.writeRawValue(insideHtml(Pictures.of(scenario.journal())));
            json.writeArrayFieldStart("rows");
            for (ShownEvent event : shown) {
                row(json, event);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** How many there are in each lane, of whom those that are folded have no row of their own. */
    private static void actors(JsonGenerator json, List<JournalEntry> journal) throws IOException {
        Map<Lane, Set<String>> actors = new EnumMap<>(Lane.class);
        journal.forEach(entry ->
                actors.computeIfAbsent(entry.lane(), lane -> new HashSet<>()).add(entry.actor()));
        json.writeObjectFieldStart("actors");
        for (Map.Entry<Lane, Set<String>> lane : actors.entrySet()) {
            json.writeNumberField(lane.getKey().wireName(), lane.getValue().size());
        }
        json.writeEndObject();
    }

    /** What both ends saw of a reproduced bug, notes on steps, tolerated crashes; cause and fix stand by themselves. */
    private static List<String> notes(ScenarioResult scenario, Translation language) {
        return Stream.of(StepNotes.of(scenario, language), Tolerated.of(scenario), Story.ofBothEnds(scenario, language))
                .flatMap(List::stream)
                .map(String::strip)
                .toList();
    }

    private static void expectation(JsonGenerator json, ExpectationResult expectation, Set<Long> single)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("text", cut(expectation.expectation()));
        json.writeStringField("position", expectation.position());
        json.writeStringField("verdict", expectation.verdict().wireName());
        json.writeStringField("explanation", cut(expectation.explanation()));
        json.writeNumberField("evidenceCount", expectation.evidence().size());
        json.writeArrayFieldStart("evidence");
        long[] named = expectation.evidence().stream()
                .filter(single::contains)
                .limit(EVIDENCE_MAX)
                .mapToLong(Long::longValue)
                .toArray();
        for (long sequence : named) {
            json.writeNumber(sequence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String insideHtml(Record shown) throws IOException {
        StringWriter text = new StringWriter();
        RecordJson.writeInsideHtml(shown, text);
        return text.toString();
    }

    /** {@code [sequence, nanos, lane, actor, kind, {attributes}, count, lastNanos]}, the last two for folded ones. */
    private static void row(JsonGenerator json, ShownEvent event) throws IOException {
        json.writeStartArray();
        json.writeNumber(event.first().sequence());
        json.writeNumber(event.first().nanos());
        json.writeString(event.first().lane().wireName());
        json.writeString(event.first().actor());
        json.writeString(event.first().kind());
        json.writeStartObject();
        for (Map.Entry<String, Object> attribute : event.first().attributes().entrySet()) {
            json.writeFieldName(attribute.getKey());
            value(json, attribute.getValue());
        }
        json.writeEndObject();
        if (event.folded()) {
            json.writeNumber(event.count());
            json.writeNumber(event.lastNanos());
        }
        json.writeEndArray();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Duration duration) {
            json.writeString(TimeText.of(duration));
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(cut(String.valueOf(value)));
        }
    }

    private static void texts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX
                ? text
                : text.substring(0, TEXT_MAX) + "... (" + (text.length() - TEXT_MAX)
                        + " more characters in the journal)";
    }
}
