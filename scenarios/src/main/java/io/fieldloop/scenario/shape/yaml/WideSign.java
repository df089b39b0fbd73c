package io.fieldloop.scenario.shape.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the colon or comma of a Chinese keyboard where YAML's own had to stand.
 *
 * <p>To the parser it is a letter, so that it complains of a line further down, or of a bracket.
 */
final class WideSign {
    private static final char COLON = '\uff1a';
    private static final char COMMA = '\uff0c';
    private static final int KEY_CHARS_MAX = 60;

    /** The end of what stands before a colon: a key, alone in its line or in a mapping between braces. */
    private static final Pattern KEY = Pattern.compile("(?:^[\\s-]{0,60}|[{,]\\s{0,40})[\\w-]{1,60}$");

    private WideSign() {}

    /** The first of them in {@code text}, which is no YAML, up to the line the parser complains of. */
    static Optional<Problem> before(String text, SourcePosition position) {
        List<String> lines = text.lines().limit(position.line()).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(COLON);
            int comma = line.indexOf(COMMA);
            if (colon > 0 && isKey(line.substring(0, colon))) {
                return problem(position, i + 1, colon, "has a full-width colon here; YAML takes \":\" and a space");
            } else if (comma > 0 && isInBrackets(line.substring(0, comma))) {
                return problem(position, i + 1, comma, "has a full-width comma here; YAML takes \",\"");
            }
        }
        return Optional.empty();
    }

    private static boolean isKey(String before) {
        return KEY.matcher(before.substring(Math.max(0, before.length() - 2 * KEY_CHARS_MAX)))
                .find();
    }

    private static boolean isInBrackets(String before) {
        boolean bracket = before.indexOf('{') >= 0 || before.indexOf('[') >= 0;
        return bracket && before.chars().noneMatch(c -> c == '"' || c == '\'' || c == '#');
    }

    private static Optional<Problem> problem(SourcePosition position, int line, int index, String message) {
        return Optional.of(new Problem(new SourcePosition(position.file(), line, index + 1), "", message, null, null));
    }
}
