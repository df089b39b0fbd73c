package io.fieldloop.scenario.model.value;

import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;

/**
 * A limit on a measured duration, written {@code "< 2s"}.
 *
 * @param comparison how the measured value must compare to the limit
 * @param limit the limit
 */
public record DurationLimit(Comparison comparison, Duration limit) implements Threshold<Duration> {
    /** The written form. */
    public static final String PATTERN = "(<|<=|>|>=) ?(" + DurationText.UNSIGNED + ")";

    /** Reads a threshold; throws {@code IllegalArgumentException} with half a sentence. */
    public static DurationLimit parse(String text) {
        Matcher form = Threshold.form(text);
        return new DurationLimit(Comparison.of(form.group(1)), DurationText.parse(form.group(2)));
    }

    @Override
    public String toString() {
        return comparison.sign() + " " + DurationText.print(limit);
    }
}
