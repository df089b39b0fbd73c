package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt in the words of the device: the console lines, the code it logs, and the line that names the failure.
 *
 * @param text message of the most telling line
 */
public record FailureReport(List<Line> lines, @Nullable String code, String text) {

    public record Line(LogLevel level, String tag, String message) {}

    /** Nothing that firmware says itself: its user did not wait for the outcome, or no outcome would have come. */
    static FailureReport givenUp(FailureReason reason) {
        String why = reason == FailureReason.REDIRECT_LOOP ? "after redirect upon redirect" : "by the user";
        return builder()
                .line(LogLevel.INFO, "Application", "Attempt given up " + why)
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects lines in console order. */
    public static final class Builder {
        private final List<Line> lines = new ArrayList<>();
        private @Nullable String code;
        private @Nullable String text;

        public Builder error(String tag, String message) {
            return line(LogLevel.ERROR, tag, message);
        }

        public Builder line(LogLevel level, String tag, String message) {
            lines.add(new Line(level, tag, message));
            return this;
        }

        /** The last line added is the telling one. */
        public Builder telling() {
            text = lines.get(lines.size() - 1).message();
            return this;
        }

        /** The telling line is one that was printed before the report. */
        Builder told(String message) {
            text = message;
            return this;
        }

        public Builder code(@Nullable String loggedCode) {
            code = loggedCode;
            return this;
        }

        public FailureReport build() {
            String lastLine = lines.isEmpty() ? "" : lines.get(lines.size() - 1).message();
            return new FailureReport(List.copyOf(lines), code, text == null ? lastLine : text);
        }
    }
}
