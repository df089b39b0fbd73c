package io.fieldloop.scenario.model.value;

import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A moment of the run: a time since its start, or a step by its label or verb.
 *
 * @param time since the start; null when a step is named
 * @param step label ({@code as:}) or verb of exactly one step of the scenario; null when a time is given
 */
public record Anchor(@Nullable Duration time, @Nullable String step) {
    /** Reads a duration or a word; throws {@code IllegalArgumentException} with half a sentence. */
    public static Anchor parse(String text) {
        if (!text.isEmpty() && (Character.isDigit(text.charAt(0)) || "+-".indexOf(text.charAt(0)) >= 0)) {
            return new Anchor(DurationText.parse(text), null);
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("names no step");
        }
        return new Anchor(null, text);
    }

    @Override
    public String toString() {
        return time == null ? String.valueOf(step) : DurationText.print(time);
    }
}
