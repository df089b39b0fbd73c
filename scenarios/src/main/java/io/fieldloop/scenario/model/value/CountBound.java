package io.fieldloop.scenario.model.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many there may be, written {@code 20}, {@code ">= 5"}, {@code "3..5"}.
 *
 * @param min at least
 * @param max at most; {@code Long.MAX_VALUE} for no limit
 * @param text as written
 */
public record CountBound(long min, long max, String text) {
    /** The written form. */
    public static final String PATTERN = "[0-9]{1,9}|[0-9]{1,9}\\.\\.[0-9]{1,9}|(<|<=|>|>=) ?[0-9]{1,9}";

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:\\.\\.([0-9]{1,9}))?");
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>) ?([0-9]{1,9})");

    /** Reads a bound; throws {@code IllegalArgumentException} with half a sentence. */
    public static CountBound parse(String text) {
        Matcher compared = COMPARED.matcher(text);
        if (compared.matches()) {
            return compared(Comparison.of(compared.group(1)), Long.parseLong(compared.group(2)), text);
        }
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException("is not a count");
        }
        long min = Long.parseLong(range.group(1));
        long max = range.group(2) == null ? min : Long.parseLong(range.group(2));
        if (max < min) {
            throw new IllegalArgumentException("is a range that ends before it begins");
        }
        return new CountBound(min, max, text);
    }

    private static CountBound compared(Comparison comparison, long number, String text) {
        return switch (comparison) {
            case LESS -> {
                if (number == 0) {
                    throw new IllegalArgumentException("can never hold");
                }
                yield new CountBound(0, number - 1, text);
            }
            case AT_MOST -> new CountBound(0, number, text);
            case MORE -> new CountBound(number + 1, Long.MAX_VALUE, text);
            case AT_LEAST -> new CountBound(number, Long.MAX_VALUE, text);
        };
    }

    public boolean contains(long count) {
        return min <= count && count <= max;
    }

    @Override
    public String toString() {
        return text;
    }
}
