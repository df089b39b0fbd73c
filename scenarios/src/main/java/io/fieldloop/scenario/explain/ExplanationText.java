package io.fieldloop.scenario.explain;

import java.util.ArrayList;
import java.util.List;

/** An explanation as lines for a terminal. */
public final class ExplanationText {
    private static final String INDENT = "  ";

    private ExplanationText() {}

    /** One line of a list of all reasons. */
    public static String line(Explanation one, int wordColumns) {
        return INDENT
                + one.reason()
                + " ".repeat(Math.max(1, wordColumns - one.reason().length() + 2))
                + one.meaning();
    }

    /** All there is to say, under headings of the language. */
    public static List<String> lines(Explanation one, Translation language) {
        List<String> lines = new ArrayList<>();
        lines.add(one.reason() + ": " + language.of(one.side().title()));
        Paragraph.wrap(one.meaning(), INDENT, lines);
        device(one, language, lines);
        section(language.of("The server shows"), "- ", one.server(), lines);
        section(language.of("Usual causes, the most usual first"), "", numbered(one.causes()), lines);
        section(language.of("Check"), "", numbered(one.checks()), lines);
        lines.add("");
        lines.add(language.of("Reproduce it"));
        lines.add(INDENT + "fieldloop run '" + one.scenario() + "'");
        return lines;
    }

    private static void device(Explanation one, Translation language, List<String> lines) {
        lines.add("");
        lines.add(language.of("The device shows"));
        one.deviceLines().forEach(line -> lines.add(INDENT + line));
        if (one.code() != null) {
            lines.add(INDENT + language.of("code") + " " + one.code());
        }
        if (one.deviceNote() != null) {
            Paragraph.wrap(one.deviceNote(), INDENT, lines);
        }
        section(language.of("When"), "", List.of(one.timing()), lines);
    }

    private static void section(String heading, String mark, List<String> items, List<String> lines) {
        if (items.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(heading);
        items.forEach(item -> Paragraph.wrap(mark + item, INDENT, lines));
    }

    private static List<String> numbered(List<String> items) {
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            numbered.add((i + 1) + ". " + items.get(i));
        }
        return numbered;
    }
}
