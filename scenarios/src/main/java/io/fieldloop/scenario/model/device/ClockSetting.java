package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that the clock of a device shows when the scenario starts: an offset from the right time, or an instant.
 *
 * @param instant the time its clock shows at the start; null when given as an offset
 * @param offset how far its clock is ahead; zero when given as an instant
 */
public record ClockSetting(@Nullable Instant instant, Duration offset) {
    /** Reads {@code -30d} or {@code 1970-01-01T00:00:00Z}; throws {@code IllegalArgumentException}. */
    public static ClockSetting parse(String text) {
        if (text.length() > 4 && text.charAt(4) == '-') {
            try {
                return new ClockSetting(Instant.parse(text), Duration.ZERO);
            } catch (DateTimeException malformed) {
                throw new IllegalArgumentException("is not an instant in UTC", malformed);
            }
        }
        return new ClockSetting(null, DurationText.parse(text));
    }

    /** How far the device's clock is ahead of the right one. */
    public Duration skewAt(Instant start) {
        return instant == null ? offset : Duration.between(start, instant);
    }

    @Override
    public String toString() {
        return instant == null ? DurationText.print(offset) : instant.toString();
    }
}
