package io.fieldloop.scenario.shape;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they stand in a scenario file: numbers with units, {@code 250ms}, {@code 1h30m}, {@code -89d}. */
public final class DurationText {
    /** The written form without a sign; shared with the JSON Schema. */
    public static final String UNSIGNED = "0|([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h|d))+";

    private static final String UNITS = "ns us ms s m h d";
    private static final Pattern WHOLE = Pattern.compile("[+-]?(" + UNSIGNED + ")");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s|m|h|d)");
    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
    private static final int LENGTH_MAX = 60;

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with half a sentence that says what is wrong
     */
    public static Duration parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("is too long for a duration");
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    BARE_NUMBER.matcher(text).matches() ? "has no unit (" + UNITS + ")" : "is not a duration");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(nanosOf(parts.group(2)))));
        }
        return duration(text.startsWith("-") ? nanos.negate() : nanos);
    }

    /** The shortest form in whole units, for example {@code 1h30m}; {@link #parse} reads it back. */
    public static String print(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        Duration rest = duration.abs();
        append(text, rest.toDaysPart(), "d");
        append(text, rest.toHoursPart(), "h");
        append(text, rest.toMinutesPart(), "m");
        long nanos = rest.toNanosPart();
        String fraction = nanos == 0
                ? ""
                : "." + String.format(Locale.ROOT, "%09d", nanos).replaceAll("0+$", "");
        if (rest.toSecondsPart() > 0) {
            text.append(rest.toSecondsPart()).append(fraction).append('s');
        } else if (nanos > 0) {
            text.append(BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString())
                    .append("ms");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }

    private static Duration duration(BigDecimal nanos) {
        try {
            return Duration.ofNanos(nanos.toBigInteger().longValueExact());
        } catch (ArithmeticException beyondLong) {
            throw new IllegalArgumentException("is longer than 292 years", beyondLong);
        }
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }
}
