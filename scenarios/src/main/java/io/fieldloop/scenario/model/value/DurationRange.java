package io.fieldloop.scenario.model.value;

import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;

/**
 * From one duration to another, both included, written {@code 9.5s..10.5s}.
 *
 * @param min shortest
 * @param max longest
 */
public record DurationRange(Duration min, Duration max) {
    /** The written form. */
    public static final String PATTERN = "(" + DurationText.UNSIGNED + ")\\.\\.(" + DurationText.UNSIGNED + ")";

    /** Reads {@code a..b}; throws {@code IllegalArgumentException} with half a sentence. */
    public static DurationRange parse(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new IllegalArgumentException("is not a range of two durations");
        }
        DurationRange range = new DurationRange(
                DurationText.parse(text.substring(0, dots).strip()),
                DurationText.parse(text.substring(dots + 2).strip()));
        if (range.min.compareTo(range.max) > 0) {
            throw new IllegalArgumentException("is a range that ends before it begins");
        }
        return range;
    }

    public boolean contains(Duration duration) {
        return min.compareTo(duration) <= 0 && duration.compareTo(max) <= 0;
    }

    @Override
    public String toString() {
        return DurationText.print(min) + ".." + DurationText.print(max);
    }
}
