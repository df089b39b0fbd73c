package io.fieldloop.scenario.front;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code fronts.yaml} as records; the file says what each key means. */
public record FrontFile(Map<String, Program> fronts, Map<String, Own> own) {
    /** One program. */
    record Program(
            @Key("package") @NotEmpty String packageName,
            @Nullable String needs,
            @Default("true") boolean namesSource,
            @NotEmpty List<String> command,
            @Default("\"\"") String around,
            @Default("{}") Map<String, String> keys,
            @Default("{}") Map<String, String> ipv6,
            @Default("\"\"") String whole,
            @Nullable String own,
            @Default("{}") Map<String, Mistake> mistakes) {}

    /** How a file of the user's own is taken. */
    record Own(
            @Default("\"\"") String home,
            @Default("\"\"") String includes,
            @Default("\"\"") String whole,
            @Default("{}") Map<String, String> replace,
            @Default("{}") Map<String, String> takes) {}

    /** One usual mistake: what it is, and how the good configuration becomes it. */
    public record Mistake(@NotEmpty String what, Map<String, String> replace) {}
}
