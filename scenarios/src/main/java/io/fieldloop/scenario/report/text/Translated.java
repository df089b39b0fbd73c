package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import org.jspecify.annotations.Nullable;

/**
 * A result as a person reads it: title, cause and fix of a bundled scenario, and what was seen of each expectation, in
 * their language, all else as it is.
 */
public final class Translated {
    private Translated() {}

    /** All cases of a run. */
    public static RunResult of(RunResult run, Translation language) {
        return new RunResult(
                run.started(),
                run.wall(),
                run.scenarios().stream().map(one -> of(one, language)).toList(),
                run.planned(),
                run.command(),
                run.merged());
    }

    /** One case. */
    public static ScenarioResult of(ScenarioResult one, Translation language) {
        About about = one.about();
        return new ScenarioResult(
                one.id(),
                new About(
                        of(about.title(), language),
                        ofOptional(about.why(), language),
                        ofOptional(about.fix(), language),
                        about.links(),
                        about.tags(),
                        about.position()),
                one.rig(),
                one.seed(),
                one.verdict(),
                one.problem(),
                one.expectations().stream().map(each -> of(each, language)).toList(),
                one.journal(),
                one.simulated(),
                one.wall(),
                one.repeat());
    }

    private static ExpectationResult of(ExpectationResult one, Translation language) {
        return new ExpectationResult(
                one.expectation(),
                one.position(),
                one.verdict(),
                Narration.in(language.sentences(one.explanation()), language),
                one.evidence());
    }

    private static @Nullable String ofOptional(@Nullable String text, Translation language) {
        return text == null ? null : of(text, language);
    }

    private static String of(String text, Translation language) {
        String line = oneLine(text);
        String said = language.of(line);
        return said.equals(line) ? text : said;
    }

    /** As a text stands in a language's file. */
    public static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
