package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.Reproduction;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A reproduced bug in five lines: the device, its console, the gateway, the cause, the fix. */
public final class Story {
    /** So many lines say what device and gateway saw; cause and fix follow. */
    public static final int BOTH_ENDS = 3;

    private static final String INDENT = "    ";

    private Story() {}

    /** The lines, indented below the case's own; nothing for a case that reproduced nothing. */
    public static List<String> of(ScenarioResult result) {
        return of(result, Translation.english());
    }

    /** The same in a language. */
    public static List<String> of(ScenarioResult result, Translation language) {
        return result.reproduction()
                .map(bug -> lines(bug, result.about(), language))
                .orElse(List.of());
    }

    /** The first three: what device and gateway saw. */
    public static List<String> ofBothEnds(ScenarioResult result, Translation language) {
        return of(result, language).stream().limit(BOTH_ENDS).toList();
    }

    /** What a case that reproduced nothing has to show: a line for what was seen of each expectation. */
    public static List<String> seen(ScenarioResult result, Translation language) {
        return result.expectations().stream()
                .map(expectation -> line(
                        language.of("seen"),
                        (expectation.evidence().isEmpty() ? expectation.expectation() + ": " : "")
                                + expectation.sentence()))
                .toList();
    }

    private static List<String> lines(Reproduction bug, About about, Translation language) {
        return List.of(
                line(language.of("device"), Narration.in(Narration.of(bug.failure()), language)),
                line(language.of("console"), console(bug.console(), language)),
                line(
                        language.of("gateway"),
                        bug.gateway() == null
                                ? language.of("wrote nothing of it")
                                : Narration.in(Narration.what(bug.gateway()), language)),
                line(language.of("cause"), Objects.requireNonNullElse(about.why(), about.title())),
                line(language.of("fix"), Objects.requireNonNullElse(about.fix(), "")));
    }

    private static String line(String name, String text) {
        return INDENT
                + String.format(Locale.ROOT, "%-9s", name)
                + VisibleText.line(text.strip().replaceAll("\\s+", " "));
    }

    /** As the console shows it. */
    private static String console(@Nullable JournalEntry line, Translation language) {
        if (line == null) {
            return language.of("shows nothing of it");
        }
        Map<String, Object> said = line.attributes();
        return said.get("level") + " (" + said.get("uptime-millis") + ") " + said.get("tag") + ": "
                + said.get("message");
    }
}
