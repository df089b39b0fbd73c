package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.explain.Explanation;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.jsonl.RecordJson;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the page says about reasons: the texts of those that occurred in the run, by side and word. */
final class ReasonJson {
    private record Page(Map<String, String> sides, Map<String, Shown> texts) {}

    private record Shown(
            String reason,
            String title,
            String meaning,
            List<String> lines,
            String note,
            String code,
            String timing,
            List<String> server,
            List<String> causes,
            List<String> checks,
            String scenario) {
        static Shown of(Explanation one, Translation language) {
            return new Shown(
                    one.reason(),
                    language.of(one.side().title()),
                    one.meaning(),
                    one.deviceLines(),
                    one.deviceNote() == null ? "" : one.deviceNote(),
                    one.code() == null ? "" : one.code(),
                    one.timing(),
                    one.server(),
                    one.causes(),
                    one.checks(),
                    one.scenario());
        }
    }

    private ReasonJson() {}

    static void write(RunResult run, Translation language, Writer out) throws IOException {
        Map<String, String> sides = new LinkedHashMap<>();
        Side.byEvent().forEach((event, side) -> sides.put(event, side.wireName()));
        RecordJson.writeInsideHtml(new Page(sides, occurring(run, language)), out);
    }

    private static Map<String, Shown> occurring(RunResult run, Translation language) {
        Explanations explanations = Explanations.bundled(language);
        Map<String, Shown> occurring = new TreeMap<>();
        for (ScenarioResult scenario : run.scenarios()) {
            for (JournalEntry entry : scenario.journal()) {
                Side side = Side.ofEvent(entry.kind());
                Object reason = entry.attributes().get("reason");
                if (side != null && reason instanceof String word) {
                    explanations
                            .find(side, word)
                            .ifPresent(found -> occurring.put(side.wireName() + "/" + word, Shown.of(found, language)));
                }
            }
        }
        return occurring;
    }
}
