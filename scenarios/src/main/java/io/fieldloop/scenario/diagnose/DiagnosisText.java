package io.fieldloop.scenario.diagnose;

import io.fieldloop.scenario.explain.Paragraph;
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
    private final List<String> lines = new ArrayList<>();

    /** What has been said already, of one finding and of the whole. */
    private final Set<Object> shown = new HashSet<>();

    private final Set<String> fixed = new HashSet<>();

    private DiagnosisText(CauseTexts texts) {
        this.texts = texts;
    }

    public static List<String> lines(Diagnosis diagnosis, CauseTexts texts) {
        DiagnosisText text = new DiagnosisText(texts);
        text.lines.add(
                VisibleText.line(diagnosis.source() + ": " + texts.language().sentence(diagnosis.summary())));
        diagnosis.findings().forEach(text::finding);
        diagnosis.notes().forEach(note -> {
            text.lines.add("");
            Paragraph.wrap(texts.language().of(note), "", text.lines);
        });
        return text.lines;
    }

    private void finding(Finding one) {
        shown.clear();
        lines.add("");
        lines.add(VisibleText.line(texts.language().of(one.part())
                + (one.subject().isEmpty() ? "" : ": " + one.subject())
                + (one.times() > 1 ? " (" + one.times() + " times)" : "")));
        one.seen().forEach(seen -> evidence(seen, INDENT));
        for (int i = 0; i < one.causes().size(); i++) {
            cause(i + 1, one.causes().get(i));
        }
    }

    private void cause(int number, Cause cause) {
        CauseText text = texts.of(cause.word());
        Paragraph.wrap(
                number + ". " + cause.word() + " (" + cause.confidence().word() + "): " + text.means(), INDENT, lines);
        cause.evidence().stream().filter(shown::add).forEach(one -> evidence(one, DEEP));
        cause.tells().stream()
                .filter(shown::add)
                .forEach(tell ->
                        Paragraph.wrap(label("To tell") + texts.language().of(tell), DEEP, lines));
        if (!fixed.add(cause.word())) {
            lines.add(DEEP + texts.language().of("Do: as above"));
            return;
        }
        text.fix().forEach(fix -> Paragraph.wrap(label("Do") + fix, DEEP, lines));
        if (text.scenario() != null) {
            lines.add(DEEP + label("Reproduce") + "fieldloop run '" + text.scenario() + "'");
        }
    }

    private String label(String english) {
        return texts.language().of(english) + ": ";
    }

    private void evidence(Evidence one, String indent) {
        // What stands in a file is shown as it stands there.
        boolean ours = one.place().equals("Answer");
        String shown = VisibleText.line(ours ? texts.language().sentence(one.shown()) : one.shown());
        String cut = shown.length() > SHOWN_CHARS_MAX ? shown.substring(0, SHOWN_CHARS_MAX) + "..." : shown;
        lines.add(indent + texts.language().of(one.place()) + ": " + cut);
        if (!one.says().isEmpty()) {
            Paragraph.wrap(texts.language().sentence(one.says()), indent + INDENT, lines);
        }
    }
}
