package io.fieldloop.scenario.report.text;

import java.util.Locale;

/**
 * Makes text from the wire safe to show: what would steer a terminal or reorder a line becomes a visible escape.
 *
 * <p>The first bytes of a scan are chosen by the attacker, and they end up on terminals, in XML and in HTML. Control
 * characters, direction overrides (CVE-2021-42574), invisible characters, noncharacters and lone surrogates are written
 * as escapes such as {@code \x1b} or {@code \u202e}.
 */
public final class VisibleText {
    private VisibleText() {}

    /** The text on one line; line ends are escaped too. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** The text with its line ends and tabs kept. */
    public static String block(String text) {
        return escape(text, true);
    }

    /** Whether a character of this code point says something to a person who sees it. */
    public static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    private static String escape(String text, boolean keepLines) {
        if (isPrintableAscii(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (isVisible(codePoint) || (keepLines && (codePoint == '\n' || codePoint == '\t'))) {
                shown.appendCodePoint(codePoint);
            } else if (codePoint < 0x100) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", codePoint));
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
            }
        });
        return shown.toString();
    }

    /** Almost every text is, and stays as it is. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
