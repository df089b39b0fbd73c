package io.fieldloop.scenario.report.ci;

import io.fieldloop.scenario.report.text.PassRates;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What GitHub Actions shows of a run: annotations at the lines of scenario files, and the job's summary in Markdown.
 *
 * <p>GitHub shows ten annotations of a kind for each step and a summary of at most 1 MiB; both stop short of that and say what is
 * left out. Escapes of annotations are those of {@code @actions/core}
 * (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts).
 */
final class GithubReport {
    private static final int ANNOTATIONS_MAX = 10;
    private static final int CASES_MAX = 50;
    private static final int TEXT_MAX = 4_000;

    private GithubReport() {}

    /** Lines to print. */
    static List<String> annotations(RunResult run, Checkout checkout) {
        return troubled(run).stream()
                .limit(ANNOTATIONS_MAX)
                .map(result -> annotation(result, checkout))
                .toList();
    }

    private static String annotation(ScenarioResult result, Checkout checkout) {
        String place = checkout.fileOf(result)
                .map(file -> "file=" + property(file) + ",line=" + result.line() + ",")
                .orElse("");
        String fix = result.about().fix();
        return (result.verdict() == Verdict.FAILED ? "::error " : "::warning ")
                + place + "title=" + property(VisibleText.line(result.id())) + "::"
                + message(cut(result.headline().orElse(result.title()))
                        + (fix == null ? "" : "\nFix: " + cut(fix))
                        + "\nRepeat: " + result.repeat());
    }

    private static String message(String text) {
        return VisibleText.block(text).replace("%", "%25").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** Markdown for {@code GITHUB_STEP_SUMMARY}. */
    static String summary(RunResult run) {
        List<String> lines = new ArrayList<>();
        lines.add("### Fieldloop: " + run.verdict().wireName());
        lines.add("");
        lines.add(RunSummary.counts(run));
        for (String rate : PassRates.of(run)) {
            lines.add("- " + plain(rate));
        }
        List<ScenarioResult> troubled = troubled(run);
        troubled.stream().limit(CASES_MAX).forEach(result -> section(result, lines));
        if (troubled.size() > CASES_MAX) {
            lines.add("");
            lines.add("And " + (troubled.size() - CASES_MAX) + " more, in the report.");
        }
        return String.join("\n", lines) + "\n\n";
    }

    private static void section(ScenarioResult result, List<String> lines) {
        lines.add("");
        lines.add("#### " + plain(result.verdict().name() + " " + result.id() + ": " + result.title()));
        lines.add("");
        lines.add(plain(cut(result.headline().orElse(""))));
        if (result.about().fix() != null) {
            lines.add("");
            lines.add("**Fix:** " + plain(cut(result.about().fix())));
        }
        lines.add("");
        // Indented text is code, whatever stands in it.
        lines.add("    " + VisibleText.line(result.repeat()));
    }

    /** Text in which nothing is Markdown, HTML, or a name that somebody is told of. */
    private static String plain(String text) {
        return VisibleText.line(text.replaceAll("\\s+", " "))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|#~!])", "\\\\$1")
                .replace("@", "@<!-- -->");
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }

    private static List<ScenarioResult> troubled(RunResult run) {
        return run.scenarios().stream()
                .filter(result -> result.verdict() != Verdict.PASSED)
                .toList();
    }
}
