package io.fieldloop.scenario.diagnose.log;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strings of which each match of a regular expression contains at least one.
 *
 * <p>A log of a gibibyte is searched for them all at once, and the expression only tried where one is. Not seeing a string that is
 * there costs time and nothing else, so whatever is not understood counts as nothing.
 */
final class RequiredLiterals {
    private static final int CHARS_MIN = 3;

    private final String regex;
    private int at;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** Empty where none can be told. */
    static Set<String> of(String regex) {
        if (regex.contains("(?i") || regex.contains("\\Q")) {
            return Set.of();
        }
        Set<String> best = new RequiredLiterals(regex).alternatives();
        return best == null ? Set.of() : best;
    }

    private @Nullable Set<String> alternatives() {
        Set<String> all = new LinkedHashSet<>();
        boolean known = true;
        while (true) {
            Set<String> branch = sequence();
            known &= branch != null;
            if (branch != null) {
                all.addAll(branch);
            }
            if (at >= regex.length() || regex.charAt(at) == ')') {
                return known ? all : null;
            }
            at++; // the bar
        }
    }

    private @Nullable Set<String> sequence() {
        Set<String> best = null;
        StringBuilder run = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            if (regex.charAt(at) == '(') {
                best = better(best, run);
                best = better(best, group());
                continue;
            }
            int literal = literal();
            boolean optional = isOptional();
            if (literal >= 0 && !optional) {
                run.append((char) literal);
            }
            if (literal < 0 || skipQuantifier()) {
                skipQuantifier();
                best = better(best, run);
            }
        }
        return better(best, run);
    }

    /** The character at hand, or -1 for anything that may be one of several; moves behind it. */
    private int literal() {
        char here = regex.charAt(at++);
        if (here == '[') {
            while (at < regex.length() && (regex.charAt(at) != ']' || regex.charAt(at - 1) == '[')) {
                at += regex.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
            return -1;
        }
        if (here == '\\') {
            char escaped = regex.charAt(at++);
            return Character.isLetterOrDigit(escaped) ? -1 : escaped;
        }
        return here == '.' || here == '^' || here == '$' ? -1 : here;
    }

    private boolean isOptional() {
        return at < regex.length() && (regex.charAt(at) == '?' || regex.charAt(at) == '*' || regex.charAt(at) == '{');
    }

    private boolean skipQuantifier() {
        int before = at;
        while (at < regex.length() && "?*+".indexOf(regex.charAt(at)) >= 0) {
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == '{') {
            at = regex.indexOf('}', at) + 1;
        }
        return at > before;
    }

    private @Nullable Set<String> group() {
        at++;
        boolean looks = false;
        if (at < regex.length() && regex.charAt(at) == '?') {
            int name = regex.startsWith("?<", at) && Character.isLetter(regex.charAt(at + 2))
                    ? regex.indexOf('>', at)
                    : -1;
            looks = name < 0 && !regex.startsWith("?:", at);
            at = name < 0 ? at + 2 : name + 1;
        }
        Set<String> inside = alternatives();
        at++; // the parenthesis
        boolean optional = isOptional();
        skipQuantifier();
        return optional || looks ? null : inside;
    }

    private static @Nullable Set<String> better(@Nullable Set<String> best, StringBuilder run) {
        String literal = run.toString();
        run.setLength(0);
        return literal.length() < CHARS_MIN ? best : better(best, Set.of(literal));
    }

    private static @Nullable Set<String> better(@Nullable Set<String> best, @Nullable Set<String> other) {
        return other == null || (best != null && shortest(best) >= shortest(other)) ? best : other;
    }

    private static int shortest(Set<String> literals) {
        return literals.stream().mapToInt(String::length).min().orElse(0);
    }
}
