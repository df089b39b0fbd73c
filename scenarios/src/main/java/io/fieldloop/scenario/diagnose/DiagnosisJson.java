package io.fieldloop.scenario.diagnose;

import io.fieldloop.scenario.report.jsonl.RecordJson;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diagnosis as one JSON object, with the words of the texts. */
public final class DiagnosisJson {
    private record Told(String source, String summary, List<Found> findings, List<String> notes) {}

    private record Found(String part, String subject, int times, List<Why> causes, List<Evidence> seen) {}

    private record Why(
            String cause,
            @Nullable String reason,
            Confidence confidence,
            String means,
            List<Evidence> evidence,
            List<String> tells,
            List<String> fix,
            @Nullable String scenario) {}

    private DiagnosisJson() {}

    /** Writes the object and a line's end; {@code out} stays open. */
    public static void write(Diagnosis diagnosis, CauseTexts texts, Writer out) throws IOException {
        List<Found> findings = diagnosis.findings().stream()
                .map(one -> new Found(
                        one.part(),
                        one.subject(),
                        one.times(),
                        one.causes().stream()
                                .map(cause -> why(cause, texts.of(cause.word())))
                                .toList(),
                        one.seen()))
                .toList();
        out.write(RecordJson.indented(new Told(diagnosis.source(), diagnosis.summary(), findings, diagnosis.notes())));
    }

    private static Why why(Cause cause, CauseText text) {
        return new Why(
                cause.word(),
                text.reason(),
                cause.confidence(),
                text.means(),
                cause.evidence(),
                cause.tells(),
                text.fix(),
                text.scenario());
    }
}
