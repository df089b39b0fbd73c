package io.fieldloop.scenario.report.text;

import java.time.Duration;

/**
 * Durations and instants of a scenario as a person writes them: {@code 85 ms}, {@code 1.204 s}, {@code 11m 02s}.
 *
 * <p>Without a formatter: a report has one of them for each entry of a journal.
 */
public final class TimeText {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private TimeText() {}

    public static String of(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 0) {
            return "-" + of(duration.negated());
        }
        if (nanos < 1_000_000) {
            return nanos == 0 ? "0 s" : nanos / 1_000 + " us";
        }
        if (nanos < NANOS_PER_SECOND) {
            return (nanos < 10_000_000 ? decimals(nanos, 1_000_000, 1) : decimals(nanos, 1_000_000, 0)) + " ms";
        }
        if (nanos < 60 * NANOS_PER_SECOND) {
            return decimals(nanos, NANOS_PER_SECOND, 3) + " s";
        }
        return minutesAndMore(nanos / NANOS_PER_SECOND);
    }

    /** The same with fewer digits, for a line that has no room: {@code 1.2s}, {@code 11m02s}. */
    public static String brief(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < NANOS_PER_SECOND) {
            return nanos / 1_000_000 + "ms";
        }
        return nanos < 60 * NANOS_PER_SECOND
                ? decimals(nanos, NANOS_PER_SECOND, 1) + "s"
                : minutesAndMore(nanos / NANOS_PER_SECOND).replace(" ", "");
    }

    /** A point in the scenario, to the millisecond: {@code 12.345s}, {@code 11m 02.345s}. */
    public static String at(long nanos) {
        long millis = nanos / 1_000_000;
        long minutes = millis / 60_000;
        String seconds = padded(millis / 1000 % 60, minutes == 0 ? 1 : 2) + "." + padded(millis % 1000, 3) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return (minutes < 60 ? minutes + "m " : minutes / 60 + "h " + padded(minutes % 60, 2) + "m ") + seconds;
    }

    private static String minutesAndMore(long seconds) {
        if (seconds < 3600) {
            return seconds / 60 + "m " + padded(seconds % 60, 2) + "s";
        }
        String minutes = padded(seconds / 60 % 60, 2) + "m";
        return seconds < 86_400
                ? seconds / 3600 + "h " + minutes + " " + padded(seconds % 60, 2) + "s"
                : seconds / 86_400 + "d " + padded(seconds / 3600 % 24, 2) + "h " + minutes;
    }

    /** So many units, a half rounded up. */
    private static String decimals(long nanos, long unit, int digits) {
        long scale = digits == 0 ? 1 : digits == 1 ? 10 : 1000;
        long rounded = (nanos + unit / scale / 2) / (unit / scale);
        return digits == 0 ? Long.toString(rounded) : rounded / scale + "." + padded(rounded % scale, digits);
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
