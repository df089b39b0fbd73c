package io.fieldloop.scenario.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which writes of a flash partition, counted from 1, written {@code 3} or {@code 1..20}; a file becomes a case for each.
 *
 * @param from first
 * @param to last
 */
public record WriteRange(int from, int to) {
    /** The written form. */
    public static final String PATTERN = "[1-9][0-9]{0,2}(\\.\\.[1-9][0-9]{0,2})?";

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,2})(?:\\.\\.([1-9][0-9]{0,2}))?");

    /** Reads a range; throws {@code IllegalArgumentException} with half a sentence. */
    public static WriteRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a range of writes counted from 1 with an end");
        }
        int from = Integer.parseInt(form.group(1));
        int to = form.group(2) == null ? from : Integer.parseInt(form.group(2));
        if (to < from) {
            throw new IllegalArgumentException("is a range that ends before it begins");
        }
        return new WriteRange(from, to);
    }

    /** Each of them. */
    public List<String> each() {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    @Override
    public String toString() {
        return from == to ? String.valueOf(from) : from + ".." + to;
    }
}
