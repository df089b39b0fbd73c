package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.TranslatedDiagnosis;
import io.fieldloop.scenario.diagnose.log.LogDiagnosis;
import io.fieldloop.scenario.diagnose.number.Meaning;
import io.fieldloop.scenario.diagnose.number.Numbers;
import io.fieldloop.scenario.diagnose.server.ServerLog;
import io.fieldloop.scenario.explain.Explanation;
import io.fieldloop.scenario.explain.ExplanationText;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Paragraph;
import io.fieldloop.scenario.explain.Translation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a person may have in hand that is no reason: a number, a finer cause, a line of a log or a part of one. */
final class WordExplanation {
    /** What a log puts before a number: {@code code=}, {@code errno: }. */
    private static final Pattern NAMED = Pattern.compile("^\\w+(?:=|: ?| )(?=[-+]?\\d\\w*$)");

    private final Explanations explanations;
    private final CauseTexts texts;

    WordExplanation(Explanations explanations, Translation language) {
        this.explanations = explanations;
        this.texts = CauseTexts.beside(explanations, language);
    }

    /** Whether there was something to print. */
    boolean print(String word, PrintWriter out) {
        List<Meaning> meanings = Numbers.bundled().of(NAMED.matcher(word).replaceFirst(""));
        Optional<CauseText> cause = texts.find(word);
        Optional<Explanation> visit = ServerLog.kindOf(word)
                .flatMap(kind -> explanations.named(kind).stream().findFirst());
        Optional<Diagnosis> line = new LogDiagnosis(texts).line(word);
        if (!meanings.isEmpty()) {
            meanings.forEach(meaning -> meaning(meaning).forEach(out::println));
        } else if (cause.isPresent()) {
            cause(cause.get(), "").forEach(out::println);
        } else if (visit.isPresent()) {
            out.println(texts.language()
                    .say("In a server's log it says {0}.", visit.get().reason()));
            out.println();
            ExplanationText.lines(visit.get(), texts.language()).forEach(out::println);
        } else if (line.isPresent()) {
            DiagnosisText.lines(line.get(), texts).forEach(out::println);
        } else {
            return false;
        }
        return true;
    }

    private List<String> meaning(Meaning meaning) {
        List<String> lines = new ArrayList<>();
        Paragraph.wrap(TranslatedDiagnosis.says(meaning.text(), texts.language()), "", lines);
        meaning.causes().forEach(word -> lines.addAll(cause(texts.of(word), "  ")));
        return lines;
    }

    private List<String> cause(CauseText text, String indent) {
        List<String> lines = new ArrayList<>();
        Paragraph.wrap(text.word() + ": " + text.means(), indent, lines);
        text.fix().forEach(fix -> Paragraph.wrap(texts.language().of("Do") + ": " + fix, indent + "  ", lines));
        if (text.scenario() != null) {
            lines.add(indent + "  " + texts.language().of("Reproduce") + ": fieldloop run '" + text.scenario() + "'");
        }
        return lines;
    }
}
