package io.fieldloop.scenario.explain;

import java.util.List;
import java.util.regex.Pattern;

/** Text broken into lines that fit a terminal. */
public final class Paragraph {
    private static final int COLUMNS = 100;
    private static final String FURTHER = "  ";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private Paragraph() {}

    /** Adds the text's lines to {@code lines}; all but the first stand two columns further in. */
    public static void wrap(String text, String indent, List<String> lines) {
        StringBuilder line = new StringBuilder(indent);
        boolean blank = true;
        for (String word : BLANKS.splitAsStream(text).toList()) {
            if (!blank && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent + FURTHER);
                blank = true;
            }
            line.append(blank ? "" : " ").append(word);
            blank = false;
        }
        lines.add(line.toString());
    }
}
