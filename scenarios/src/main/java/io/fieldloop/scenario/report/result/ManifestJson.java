package io.fieldloop.scenario.report.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** A run's plan as JSON, and back. */
public final class ManifestJson {
    private ManifestJson() {}

    /** Writes {@code manifest}; {@code out} stays open. */
    public static void write(RunManifest manifest, Writer out) throws IOException {
        try (JsonGenerator json = ResultJson.generator(out)) {
            json.writeStartObject();
            json.writeStringField("version", manifest.version());
            json.writeStringField("command", manifest.command());
            json.writeStringField("files", manifest.files());
            json.writeNumberField("shard", manifest.shard());
            json.writeNumberField("shards", manifest.shards());
            json.writeArrayFieldStart("cases");
            for (RunManifest.PlannedCase one : manifest.cases()) {
                json.writeStartObject();
                json.writeStringField("id", one.id());
                json.writeStringField("argument", one.argument());
                json.writeNumberField("shard", one.shard());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    static RunManifest read(JsonNode json) {
        List<RunManifest.PlannedCase> cases = new ArrayList<>();
        for (JsonNode one : json.required("cases")) {
            cases.add(new RunManifest.PlannedCase(
                    one.required("id").asText(),
                    one.required("argument").asText(),
                    one.required("shard").asInt()));
        }
        return new RunManifest(
                json.required("version").asText(),
                json.required("command").asText(),
                json.required("files").asText(),
                json.required("shard").asInt(),
                json.required("shards").asInt(),
                cases);
    }
}
