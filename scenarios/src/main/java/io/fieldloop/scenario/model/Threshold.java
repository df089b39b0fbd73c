package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit on a measured duration, written {@code "< 2s"}.
 *
 * @param comparison how the measured value must compare to the limit
 * @param limit the limit
 */
public record Threshold(Comparison comparison, Duration limit) {
    /** The written form. */
    public static final String PATTERN = "(<|<=|>|>=) ?(" + DurationText.UNSIGNED + ")";

    private static final Pattern FORM = Pattern.compile("(<=|>=|<|>) ?(.*)");

    /** Reads a threshold; throws {@code IllegalArgumentException} with half a sentence. */
    public static Threshold parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("does not begin with <, <=, > or >=");
        }
        return new Threshold(Comparison.of(form.group(1)), DurationText.parse(form.group(2)));
    }

    public boolean holds(Duration measured) {
        return comparison.holds(measured.compareTo(limit));
    }

    @Override
    public String toString() {
        return comparison.sign() + " " + DurationText.print(limit);
    }
}
