package io.fieldloop.scenario.model.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which connections, counted from 1 since the faults were set, written {@code 3}, {@code 1..2} or {@code 2..}.
 *
 * @param from first
 * @param to last; {@code Integer.MAX_VALUE} for no end
 */
public record ConnectionRange(int from, int to) {
    /** The written form. */
    public static final String PATTERN = "[1-9][0-9]{0,8}(\\.\\.([1-9][0-9]{0,8})?)?";

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(\\.\\.([1-9][0-9]{0,8})?)?");

    /** Reads a range; throws {@code IllegalArgumentException} with half a sentence. */
    public static ConnectionRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a range of connections counted from 1");
        }
        int from = Integer.parseInt(form.group(1));
        if (form.group(2) == null) {
            return new ConnectionRange(from, from);
        }
        int to = form.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(3));
        if (to < from) {
            throw new IllegalArgumentException("is a range that ends before it begins");
        }
        return new ConnectionRange(from, to);
    }

    /** Whether none is left out. */
    public boolean isEvery() {
        return from == 1 && to == Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
        return from + ".." + (to == Integer.MAX_VALUE ? "" : to);
    }
}
