package io.fieldloop.scenario.model.value;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which writes of a flash partition, counted from 1, written {@code 3}, {@code 1..20} or {@code 1..}; a file becomes a case for each.
 *
 * <p>How many there are of a range without an end turns out when firmware runs; until then it is one case.
 *
 * @param from first
 * @param to last
 */
public record WriteRange(int from, int to) {
    /** The highest number that can be named. */
    public static final int MAX = 999;

    /** The written form. */
    public static final String PATTERN = "[1-9][0-9]{0,2}(\\.\\.([1-9][0-9]{0,2})?)?";

    private static final int OPEN = Integer.MAX_VALUE;
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,2})(\\.\\.([1-9][0-9]{0,2})?)?");

    /** Reads a range; throws {@code IllegalArgumentException} with half a sentence. */
    public static WriteRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a range of writes counted from 1");
        }
        int from = Integer.parseInt(form.group(1));
        if (form.group(2) == null) {
            return one(from);
        }
        int to = form.group(3) == null ? OPEN : Integer.parseInt(form.group(3));
        if (to < from) {
            throw new IllegalArgumentException("is a range that ends before it begins");
        }
        return new WriteRange(from, to);
    }

    /** One write alone. */
    public static WriteRange one(int number) {
        return new WriteRange(number, number);
    }

    /** Whether it goes on to the last write, whichever that is. */
    public boolean isOpen() {
        return to == OPEN;
    }

    /** Each of them; without an end it is still one. */
    public List<String> each() {
        return isOpen()
                ? List.of(toString())
                : IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    @Override
    public String toString() {
        return from == to ? String.valueOf(from) : from + ".." + (isOpen() ? "" : to);
    }
}
