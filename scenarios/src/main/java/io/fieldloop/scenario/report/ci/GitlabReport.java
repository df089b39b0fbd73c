package io.fieldloop.scenario.report.ci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * What GitLab shows of a run: findings of code quality at the lines of scenario files, and links to the report beside the job.
 *
 * <p>Formats: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format and
 * https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsannotations.
 */
final class GitlabReport {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(JsonEscapes.standalone())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private GitlabReport() {}

    static void codeQuality(RunResult run, Checkout checkout, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (ScenarioResult result : run.scenarios()) {
                if (result.verdict() != Verdict.PASSED) {
                    finding(json, result, checkout);
                }
            }
            json.writeEndArray();
        }
    }

    private static void finding(JsonGenerator json, ScenarioResult result, Checkout checkout) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "description",
                result.id() + ": " + result.headline().orElse(result.title()) + " Repeat: " + result.repeat());
        json.writeStringField("check_name", "fieldloop/" + result.verdict().wireName());
        // The same trouble in two pipelines is one finding; what was measured may differ.
        json.writeStringField(
                "fingerprint",
                UUID.nameUUIDFromBytes((result.id() + "\n" + result.rig()).getBytes(StandardCharsets.UTF_8))
                        .toString());
        json.writeStringField("severity", result.verdict() == Verdict.FAILED ? "major" : "minor");
        json.writeObjectFieldStart("location");
        json.writeStringField(
                "path", checkout.fileOf(result).orElse(result.about().position().file()));
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", result.line());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Links into the job's artifacts, where GitLab says which job this is. */
    static void annotations(RunDirectory files, Checkout checkout, String jobUrl, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Fieldloop");
            for (Map.Entry<String, Path> file : files.files().entrySet()) {
                json.writeStartObject();
                json.writeObjectFieldStart("external_link");
                json.writeStringField("label", "Fieldloop " + file.getKey());
                String view = Files.isDirectory(file.getValue()) ? "/artifacts/browse/" : "/artifacts/file/";
                json.writeStringField("url", jobUrl + view + checkout.within(file.getValue()));
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
