package io.fieldloop.scenario.catalogue;

import static io.fieldloop.scenario.shape.ScalarShapes.STRING_OR_INTEGER;
import static io.fieldloop.scenario.shape.ScalarShapes.UNITS;
import static io.fieldloop.scenario.shape.ScalarShapes.ZERO;
import static io.fieldloop.scenario.shape.ScalarShapes.pattern;
import static io.fieldloop.scenario.shape.ScalarShapes.text;

import io.fieldloop.scenario.model.device.ClockSetting;
import io.fieldloop.scenario.model.device.TokenSpec;
import io.fieldloop.scenario.model.value.Anchor;
import io.fieldloop.scenario.model.value.ByteSize;
import io.fieldloop.scenario.model.value.ConnectionRange;
import io.fieldloop.scenario.model.value.CountBound;
import io.fieldloop.scenario.model.value.DurationLimit;
import io.fieldloop.scenario.model.value.DurationRange;
import io.fieldloop.scenario.model.value.Rate;
import io.fieldloop.scenario.model.value.ShareLimit;
import io.fieldloop.scenario.model.value.WriteRange;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.ScalarShapes;
import io.fieldloop.scenario.shape.Shape.Limits;
import io.fieldloop.scenario.shape.Shape.Text;
import io.fieldloop.scenario.shape.WordShapes;
import io.fieldloop.scenario.shape.yaml.Nearest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of the model that are written as one text or number: how, and how they are read. */
final class ScenarioValues {
    private static final Map<Class<?>, Text> VALUES = values();

    private ScenarioValues() {}

    /** The way to write a {@code type}, or null when it is no value of the model. */
    static @Nullable Text of(Class<?> type) {
        return VALUES.get(type);
    }

    private static Map<Class<?>, Text> values() {
        Map<Class<?>, Text> values = new HashMap<>(Map.of(
                DurationRange.class,
                pattern(
                        "duration-range",
                        "a range of durations such as 9.5s..10.5s " + UNITS,
                        DurationRange.PATTERN,
                        DurationRange::parse),
                DurationLimit.class,
                pattern("threshold", "a limit such as \"< 2s\" " + UNITS, DurationLimit.PATTERN, DurationLimit::parse),
                ShareLimit.class,
                pattern("share", "a limit such as \"< 1%\"", ShareLimit.PATTERN, ShareLimit::parse),
                Rate.class,
                pattern("rate", "a rate such as 20/s or 20/10s", Rate.PATTERN, Rate::parse),
                ByteSize.class,
                pattern("size", "a size such as 8KiB (units: B KiB MiB)", ByteSize.PATTERN, ByteSize::parse),
                CountBound.class,
                count(),
                ConnectionRange.class,
                connections(),
                ClockSetting.class,
                clock(),
                Anchor.class,
                moment(),
                TokenSpec.class,
                token()));
        values.put(WriteRange.class, writes());
        return Map.copyOf(values);
    }

    /** A number of bytes may also be written as a size. */
    static Text orSize(Text number) {
        return text(
                number.name(),
                number.expected() + ", or a size such as 8KiB",
                STRING_OR_INTEGER,
                ByteSize.PATTERN,
                number.bounds(),
                text -> number.parser()
                        .apply(
                                text.endsWith("B")
                                        ? Long.toString(ByteSize.parse(text).bytes())
                                        : text));
    }

    private static Text count() {
        return text(
                "count",
                "a count such as 20, \">= 5\" or 3..5",
                STRING_OR_INTEGER,
                CountBound.PATTERN,
                new Limits(0, 999_999_999),
                CountBound::parse);
    }

    private static Text connections() {
        return text(
                "connections",
                "connections such as 3, 1..2 or 2..",
                STRING_OR_INTEGER,
                ConnectionRange.PATTERN,
                new Limits(1, 999_999_999),
                ConnectionRange::parse);
    }

    private static Text writes() {
        return text(
                "writes",
                "writes such as 3, 1..20 or 1..",
                STRING_OR_INTEGER,
                WriteRange.PATTERN,
                new Limits(1, WriteRange.MAX),
                WriteRange::parse);
    }

    private static Text clock() {
        return text(
                "clock",
                "an offset such as -30d " + UNITS + " or an instant such as 1970-01-01T00:00:00Z",
                STRING_OR_INTEGER,
                "[+-]?(" + DurationText.UNSIGNED + ")|[0-9]{4}-.*Z",
                ZERO,
                ClockSetting::parse);
    }

    private static Text moment() {
        return text(
                "moment",
                "a time since the start such as 11m " + UNITS + ", or the label or verb of a step",
                STRING_OR_INTEGER,
                DurationText.UNSIGNED + "|[a-z][a-z0-9-]*",
                ZERO,
                ScenarioValues::anchor);
    }

    private static Anchor anchor(String text) {
        Anchor anchor = Anchor.parse(text);
        if (anchor.time() != null) {
            ScalarShapes.notNegative(text);
        }
        return anchor;
    }

    private static Text token() {
        Map<String, String> words = new LinkedHashMap<>();
        for (TokenSpec.Kind kind : TokenSpec.Kind.values()) {
            if (kind != TokenSpec.Kind.LITERAL) {
                words.put(kind.wireName(), WordShapes.documentation(kind));
            }
        }
        return new Text(
                "token",
                "one of " + String.join(", ", words.keySet()) + ", or the text to send",
                List.of("string", "number", "boolean"),
                null,
                null,
                words,
                true,
                text -> token(text, words));
    }

    private static TokenSpec token(String text, Map<String, String> words) {
        TokenSpec token = TokenSpec.parse(text);
        if (token.kind() == TokenSpec.Kind.LITERAL && !text.equals(token.toString())) {
            Nearest.to(text, words.keySet()).ifPresent(word -> {
                throw new IllegalArgumentException(
                        "looks like a misspelt " + word + " (to send it as it is, write text:" + text + ")");
            });
        }
        return token;
    }
}
