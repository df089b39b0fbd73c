package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.Shape.Limits;
import io.fieldloop.scenario.shape.Shape.Text;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Syntax;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The plain values that every kind of file can hold: how each is written, and how it is read. */
public final class ScalarShapes {
    private static final List<String> STRING = List.of("string");
    /** Types of a value that may be written as a bare number. */
    public static final List<String> STRING_OR_INTEGER = List.of("string", "integer");
    /** The only bare number a duration may be. */
    public static final Limits ZERO = new Limits(0, 0);

    private static final String WEBSOCKET_URL = "wss?://[^\\s/?#]+(/\\S*)?";
    private static final String WORD_PATTERN = "[a-z0-9][a-z0-9-]*";
    /** The units of durations, for {@link Shape#expected()}. */
    public static final String UNITS = "(units: ns us ms s m h d)";

    /** Free text; numbers and truth values are taken as they are written. */
    public static final Text FREE = text("text", "text", List.of("string", "number", "boolean"), null, null, t -> t);

    /** A number as a journal has it, also in quotes. */
    public static final Text NUMERAL = decimal("numeral", "a number as the journal has it, such as 3");

    /** A duration as a journal has it. */
    public static final Text SECONDS = decimal("seconds", "a number of seconds as the journal has it, such as 0.25");

    /** A truth value as a journal has it, also in quotes. */
    public static final Text TRUTH =
            text("truth", "true or false", List.of("boolean", "string"), "true|false", null, text -> {
                truth(text);
                return text;
            });

    static final Text NOT_EMPTY = text(
            "text",
            "text",
            List.of("string", "number", "boolean"),
            "[\\s\\S]*\\S[\\s\\S]*",
            null,
            ScalarShapes::notBlank);

    private static final Text DURATION = text(
            "duration",
            "a duration such as 10s or 1h30m " + UNITS,
            STRING_OR_INTEGER,
            DurationText.UNSIGNED,
            ZERO,
            ScalarShapes::notNegative);

    private ScalarShapes() {}

    /** The plain value of that type, or null when the type is no plain value. */
    static @Nullable Text of(Class<?> type, @Nullable Bounds bounds) {
        if (type == boolean.class || type == Boolean.class) {
            return text("true-or-false", "true or false", List.of("boolean"), null, null, ScalarShapes::truth);
        }
        Text integer = bounds == null
                ? integer(type, Long.MIN_VALUE, Long.MAX_VALUE)
                : integer(type, bounds.min(), bounds.max());
        if (integer != null) {
            return integer;
        }
        if (type.isEnum()) {
            return WordShapes.of(type);
        }
        if (type == Duration.class) {
            return DURATION;
        }
        return type == String.class ? FREE : null;
    }

    static Text of(Syntax syntax) {
        return switch (syntax) {
            case OFFSET ->
                text(
                        "offset",
                        "an offset such as -89d or +10m " + UNITS,
                        STRING_OR_INTEGER,
                        "[+-]?(" + DurationText.UNSIGNED + ")",
                        ZERO,
                        DurationText::parse);
            case CIDR ->
                pattern("network", "an address or network such as 10.0.0.0/8", Addresses.PATTERN, Addresses::network);
            case LOOPBACK_ADDRESS ->
                pattern(
                        "loopback-address",
                        "an address in 127.0.0.0/8 such as 127.0.0.7",
                        "127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}",
                        Addresses::loopback);
            case WEBSOCKET_URL ->
                pattern(
                        "websocket-url",
                        "a URL such as wss://gateway.test/xiaozhi/v1/",
                        WEBSOCKET_URL,
                        ScalarShapes::webSocketUrl);
            case WEB_URL ->
                matching(
                        "web-address",
                        "a URL that begins with https:// or http://",
                        "https?://\\S+",
                        "is not a web address");
            case WORD ->
                text(
                        "word",
                        "a word of lower-case letters, digits and hyphens",
                        STRING_OR_INTEGER,
                        WORD_PATTERN,
                        null,
                        ScalarShapes::word);
            case NAME ->
                text(
                        "name",
                        "a name that begins with a letter, of letters, digits, - _ and .",
                        STRING,
                        "(?!all$)[A-Za-z][A-Za-z0-9_.-]*",
                        null,
                        ScalarShapes::name);
            case HOST ->
                matching(
                        "host",
                        "a host name such as gateway.test",
                        "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
                        "is not a host name in lower case");
            case HEADER_NAME ->
                matching("header-name", "an HTTP header name", "[!#$%&'*+.^_`|~0-9A-Za-z-]+", "is not a header name");
        };
    }

    /** Text taken by {@code parser} alone. */
    public static Text checked(String name, String expected, Function<String, Object> parser) {
        return text(name, expected, List.of("string", "number"), null, null, parser);
    }

    /** A whole number of that Java type between the two, or null when the type is no whole number. */
    public static @Nullable Text integer(Class<?> type, long min, long max) {
        if (type == int.class || type == Integer.class) {
            long least = Math.max(min, Integer.MIN_VALUE);
            long most = Math.min(max, Integer.MAX_VALUE);
            return integer(new Limits(least, most), Long::intValue);
        }
        return type == long.class || type == Long.class ? integer(new Limits(min, max), number -> number) : null;
    }

    private static Text integer(Limits limits, Function<Long, Object> narrow) {
        boolean bounded = limits.min() > Integer.MIN_VALUE || limits.max() < Integer.MAX_VALUE;
        String expected = bounded ? "a whole number from " + limits.min() + " to " + limits.max() : "a whole number";
        return text("number", expected, List.of("integer"), null, limits, text -> narrow.apply(whole(text, limits)));
    }

    private static Long whole(String text, Limits limits) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException notWhole) {
            throw new IllegalArgumentException("is not a whole number", notWhole);
        }
        if (number < limits.min() || number > limits.max()) {
            throw new IllegalArgumentException("is out of range");
        }
        return number;
    }

    private static Text decimal(String name, String expected) {
        return text(name, expected, List.of("number", "string"), "-?[0-9]+(\\.[0-9]+)?", null, text -> {
            if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) {
                throw new IllegalArgumentException("is not a number");
            }
            return text;
        });
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("is neither true nor false");
        }
        return text.equals("true");
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        return text;
    }

    /** Reads a duration without a sign. */
    public static Duration notNegative(String text) {
        Duration duration = DurationText.parse(text);
        if (duration.isNegative() || text.startsWith("+")) {
            throw new IllegalArgumentException(text.startsWith("+") ? "has a sign" : "is negative");
        }
        return duration;
    }

    private static String webSocketUrl(String text) {
        if (!text.matches(WEBSOCKET_URL)) {
            throw new IllegalArgumentException(
                    text.matches("mqtts?:.*")
                            ? "is not a WebSocket URL, and a broker has no URL here: give the device"
                                    + " mqtt: { endpoint: \"HOST:PORT\" }"
                            : "is not a WebSocket URL");
        }
        return text;
    }

    private static String word(String text) {
        if (!text.matches(WORD_PATTERN)) {
            throw new IllegalArgumentException("is not such a word");
        }
        return text;
    }

    private static String name(String text) {
        if (text.equals(Names.ALL)) {
            throw new IllegalArgumentException("means all of them and cannot be a name");
        }
        if (!text.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("is not a name");
        }
        return text;
    }

    /** Text of that pattern. */
    public static Text pattern(String name, String expected, String pattern, Function<String, Object> parser) {
        return text(name, expected, STRING, pattern, null, parser);
    }

    private static Text matching(String name, String expected, String pattern, String otherwise) {
        return text(name, expected, STRING, pattern, null, text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException(otherwise);
            }
            return text;
        });
    }

    /** A plain value; the parameters are those of {@link Text}. */
    public static Text text(
            String name,
            String expected,
            List<String> types,
            @Nullable String pattern,
            @Nullable Limits bounds,
            Function<String, Object> parser) {
        return new Text(name, expected, types, pattern, bounds, Map.of(), false, parser);
    }
}
