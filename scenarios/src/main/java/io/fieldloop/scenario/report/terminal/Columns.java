package io.fieldloop.scenario.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Counts and cuts text in terminal columns; a CJK character takes two, a combining mark none. */
public final class Columns {
    /** First and last code point of the blocks that UAX #11 calls wide. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0x1f300, 0x1faff},
        {0x20000, 0x3fffd}
    };

    private static final Pattern WORDS = Pattern.compile(" ");

    private Columns() {}

    static int of(CharSequence text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** The text with blanks behind it, so that it takes this many columns. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(1, columns - of(text)));
    }

    /** The text when it fits, else its beginning with {@code mark} at the end. */
    static String cut(String text, int columnsMax, String mark) {
        if (of(text) <= columnsMax) {
            return text;
        }
        int left = columnsMax - mark.length();
        StringBuilder kept = new StringBuilder();
        for (int codePoint : text.codePoints().toArray()) {
            left -= of(codePoint);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return columnsMax < mark.length() ? "" : kept + mark;
    }

    /** The text on as many lines as it needs; later ones are indented like the first, and two columns more. */
    static List<String> wrap(String text, int columnsMax) {
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        boolean begun = false;
        for (String word : WORDS.split(text.strip(), -1)) {
            if (begun && of(line) + 1 + of(word) > columnsMax) {
                lines.add(line.toString());
                line = new StringBuilder(indent + "  ");
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }
}
