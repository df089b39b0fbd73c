package io.fieldloop.scenario.diagnose;

import io.fieldloop.scenario.explain.Paragraph;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.report.text.VisibleText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A diagnosis as lines for a terminal: each cause with what speaks for it, and what to do. */
public final class DiagnosisText {
    private static final int SHOWN_CHARS_MAX = 160;
    private static final String INDENT = "  ";
    private static final String DEEP = "     ";

    private final CauseTexts texts;
    private final Translation language;
    private final List<String> lines = new ArrayList<>();

    /** What has been said already, of one finding and of the whole. */
    private final Set<Object> shown = new HashSet<>();

    private final Set<String> fixed = new HashSet<>();

    private DiagnosisText(CauseTexts texts) {
        this.texts = texts;
        this.language = texts.language();
    }

    /** In the language of the texts. */
    public static List<String> lines(Diagnosis english, CauseTexts texts) {
        Diagnosis diagnosis = TranslatedDiagnosis.of(english, texts.language());
        DiagnosisText text = new DiagnosisText(texts);
        text.lines.add(VisibleText.line(diagnosis.source() + ": " + diagnosis.summary()));
        diagnosis.findings().forEach(text::finding);
        diagnosis.notes().forEach(note -> {
            text.lines.add("");
            Paragraph.wrap(note, "", text.lines);
        });
        return text.lines;
    }

    private void finding(Finding one) {
        shown.clear();
        lines.add("");
        lines.add(VisibleText.line(one.part()
                + (one.subject().isEmpty() ? "" : ": " + one.subject())
                + (one.times() > 1 ? language.sentence(" (" + one.times() + " times)") : "")));
        one.seen().forEach(seen -> evidence(seen, INDENT));
        for (int i = 0; i < one.causes().size(); i++) {
            cause(i + 1, one.causes().get(i));
        }
    }

    private void cause(int number, Cause cause) {
        CauseText text = texts.of(cause.word());
        Paragraph.wrap(
                number + ". " + cause.word() + " ("
                        + language.of(cause.confidence().word()) + "): " + text.means(),
                INDENT,
                lines);
        cause.evidence().stream().filter(shown::add).forEach(one -> evidence(one, DEEP));
        cause.tells().stream().filter(shown::add).forEach(tell -> Paragraph.wrap(label("To tell") + tell, DEEP, lines));
        if (!fixed.add(cause.word())) {
            lines.add(DEEP + language.of("Do: as above"));
            return;
        }
        text.fix().forEach(fix -> Paragraph.wrap(label("Do") + fix, DEEP, lines));
        if (text.scenario() != null) {
            lines.add(DEEP + label("Reproduce") + "fieldloop run '" + text.scenario() + "'");
        }
    }

    private String label(String english) {
        return language.of(english) + ": ";
    }

    private void evidence(Evidence one, String indent) {
        String shown = VisibleText.line(one.shown());
        String cut = shown.length() > SHOWN_CHARS_MAX ? shown.substring(0, SHOWN_CHARS_MAX) + "..." : shown;
        lines.add(indent + language.sentence(one.place()) + ": " + cut);
        if (!one.says().isEmpty()) {
            Paragraph.wrap(one.says(), indent + INDENT, lines);
        }
    }
}
