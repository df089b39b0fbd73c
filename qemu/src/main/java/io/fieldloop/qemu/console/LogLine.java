package io.fieldloop.qemu.console;

import io.fieldloop.device.event.LogLevel;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One console line taken apart as ESP-IDF's logging library puts it together.
 *
 * <p>Read are {@code E (1234) tag: message}, the same with the time of day in the brackets or without any brackets, and with the colour
 * codes that remain when a log was copied from a web page without its escape characters. Everything else (ROM, panic handler, printf)
 * is a line without a tag.
 *
 * @param level null when the line says none
 * @param uptimeMillis milliseconds since boot, or -1 when the line does not say
 * @param tag empty when the line has none
 */
record LogLine(@Nullable LogLevel level, long uptimeMillis, String tag, String message) {

    static final long UPTIME_UNKNOWN = -1;

    private static final Pattern COLOUR = Pattern.compile("^\\[0;3\\dm|\\[0m$");
    private static final Pattern WITH_TIME = Pattern.compile("^([EWIDV]) \\(([\\d:. -]{1,32})\\) ([^:]{1,64}): ?(.*)$");
    private static final Pattern WITHOUT_TIME = Pattern.compile("^([EWIDV]) ([^\\s:()][^:()]{0,40}): ?(.*)$");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,12}");

    static LogLine parse(String line) {
        String text = COLOUR.matcher(line).replaceAll("");
        Matcher timed = WITH_TIME.matcher(text);
        if (timed.matches()) {
            return new LogLine(level(timed.group(1)), uptime(timed.group(2)), timed.group(3), timed.group(4));
        }
        Matcher untimed = WITHOUT_TIME.matcher(text);
        if (untimed.matches()) {
            return new LogLine(level(untimed.group(1)), UPTIME_UNKNOWN, untimed.group(2), untimed.group(3));
        }
        return new LogLine(null, UPTIME_UNKNOWN, "", text);
    }

    private static long uptime(String bracket) {
        return MILLIS.matcher(bracket).matches() ? Long.parseLong(bracket) : UPTIME_UNKNOWN;
    }

    private static LogLevel level(String letter) {
        for (LogLevel level : LogLevel.values()) {
            if (level.toString().equals(letter.toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        return LogLevel.INFO;
    }
}
