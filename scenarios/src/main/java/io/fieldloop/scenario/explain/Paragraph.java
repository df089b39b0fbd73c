package io.fieldloop.scenario.explain;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text broken into lines that fit a terminal. */
public final class Paragraph {
    private static final int COLUMNS = 100;
    private static final String FURTHER = "  ";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int FIRST_WIDE = 0x2E80; // CJK Radicals Supplement, where what takes two columns begins

    private Paragraph() {}

    /** Adds the text's lines to {@code lines}; all but the first stand two columns further in. */
    public static void wrap(String text, String indent, List<String> lines) {
        StringBuilder line = new StringBuilder(indent);
        boolean blank = true;
        for (String piece : pieces(text)) {
            if (!blank && columns(line) + columns(piece.stripTrailing()) > COLUMNS) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent + FURTHER);
                blank = true;
            }
            line.append(blank ? piece.stripLeading() : piece);
            blank = false;
        }
        lines.add(line.toString().stripTrailing());
    }

    /** What stays together, each with the blank before it; Chinese may be broken nearly everywhere. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (String word : BLANKS.splitAsStream(text).toList()) {
            String piece = pieces.isEmpty() ? word : " " + word;
            if (word.chars().anyMatch(Paragraph::isWide)) {
                BreakIterator breaks = BreakIterator.getLineInstance(Locale.CHINESE);
                breaks.setText(piece);
                int from = breaks.first();
                for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
                    pieces.add(piece.substring(from, to));
                }
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static boolean isWide(int character) {
        return character >= FIRST_WIDE;
    }

    private static int columns(CharSequence text) {
        return text.length() + (int) text.chars().filter(Paragraph::isWide).count();
    }
}
