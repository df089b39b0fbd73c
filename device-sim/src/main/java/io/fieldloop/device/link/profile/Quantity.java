package io.fieldloop.device.link.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units: {@code 1h30m}, {@code 64KiB}, {@code 5Mbit/s}, {@code 0.5%}. */
public final class Quantity {
    private static final Pattern PARTS = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z/%]*)\\s*");

    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20);
    private static final Map<String, Long> BITS_PER_SECOND =
            Map.of("bit/s", 1L, "kbit/s", 1_000L, "Mbit/s", 1_000_000L, "Gbit/s", 1_000_000_000L);

    private Quantity() {}

    /** Written as {@code 50ms} or {@code 1m30s}. */
    public static Duration duration(String text) {
        return Duration.ofNanos(sum(text, NANOS, "a duration such as 50ms or 1m30s"));
    }

    static int bytes(String text) {
        String expected = "a size such as 1400B or 64KiB";
        long bytes = sum(text, BYTES, expected);
        if (bytes > Integer.MAX_VALUE) {
            throw expected(text, expected);
        }
        return (int) bytes;
    }

    static long bitsPerSecond(String text) {
        return text.trim().equals("unlimited") ? 0 : sum(text, BITS_PER_SECOND, "a rate such as 5Mbit/s, or unlimited");
    }

    /** 0 to 1, written {@code 0.5%} or {@code 0.005}. */
    static double probability(String text) {
        String expected = "a probability such as 0.5% or 0.005";
        Matcher part = PARTS.matcher(text.trim());
        if (!part.matches() || !(part.group(2).isEmpty() || part.group(2).equals("%"))) {
            throw expected(text, expected);
        }
        double value = Double.parseDouble(part.group(1)) / (part.group(2).isEmpty() ? 1 : 100);
        if (value > 1) {
            throw expected(text, expected);
        }
        return value;
    }

    static double number(String text) {
        if (!text.trim().matches("\\d+(\\.\\d+)?")) {
            throw expected(text, "a number");
        }
        return Double.parseDouble(text.trim());
    }

    private static long sum(String text, Map<String, Long> units, String expected) {
        String rest = text.trim();
        if (rest.equals("0")) {
            return 0;
        }
        Matcher part = PARTS.matcher(rest);
        BigDecimal total = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            Long unit = units.get(part.group(2));
            if (unit == null) {
                throw expected(text, expected);
            }
            total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            end = part.end();
        }
        if (end == 0 || end != rest.length() || total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw expected(text, expected);
        }
        return total.longValue();
    }

    static LinkProfileException expected(String text, String expected) {
        return new LinkProfileException("'" + text + "' is not " + expected);
    }
}
