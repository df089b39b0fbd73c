package io.fieldloop.scenario.report.text;

import java.time.Duration;
import java.util.Locale;

/** Durations and instants of a scenario as a person writes them: {@code 85 ms}, {@code 1.204 s}, {@code 11m 02s}. */
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
            return decimals(nanos / 1e6, nanos < 10_000_000 ? 1 : 0) + " ms";
        }
        if (nanos < 60 * NANOS_PER_SECOND) {
            return decimals(nanos / 1e9, 3) + " s";
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
                ? decimals(nanos / 1e9, 1) + "s"
                : minutesAndMore(nanos / NANOS_PER_SECOND).replace(" ", "");
    }

    /** A point in the scenario, to the millisecond: {@code 12.345s}, {@code 11m 02.345s}. */
    public static String at(long nanos) {
        long millis = nanos / 1_000_000;
        String seconds = String.format(
                Locale.ROOT, millis < 60_000 ? "%d.%03ds" : "%02d.%03ds", millis / 1000 % 60, millis % 1000);
        long minutes = millis / 60_000;
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60
                ? minutes + "m " + seconds
                : String.format(Locale.ROOT, "%dh %02dm %s", minutes / 60, minutes % 60, seconds);
    }

    private static String minutesAndMore(long seconds) {
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%dh %02dm %02ds", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%dd %02dh %02dm", seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
