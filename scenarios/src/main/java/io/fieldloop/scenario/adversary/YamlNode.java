package io.fieldloop.scenario.adversary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of the catalogue together with the way to it, so that an error can say where it is.
 *
 * @param path such as {@code probes.yaml: probes.rdp-mstshash.steps[0]}
 */
record YamlNode(String path, @Nullable Object value) {
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m)");

    Map<String, YamlNode> entries() {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("a mapping");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        map.forEach((key, child) -> entries.put(
                String.valueOf(key), new YamlNode(path + (path.endsWith(".yaml") ? ": " : ".") + key, child)));
        return entries;
    }

    void requireKeys(Set<String> known) {
        entries().forEach((key, node) -> {
            if (!known.contains(key)) {
                throw new AdversaryConfigException(
                        node.path + " is no known key, expected one of " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    YamlNode child(String key) {
        return optionalChild(key).orElseThrow(() -> wrong("a mapping with \"" + key + "\""));
    }

    Optional<YamlNode> optionalChild(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    List<YamlNode> items() {
        if (!(value instanceof List<?> list)) {
            throw wrong("a list");
        }
        List<YamlNode> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new YamlNode(path + "[" + i + "]", list.get(i)));
        }
        return items;
    }

    boolean isText() {
        return value instanceof String;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    String text() {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw wrong("text (quote it when it looks like a number)");
    }

    int number(int min, int max) {
        if (value instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        throw wrong("a whole number between " + min + " and " + max);
    }

    Duration duration() {
        Matcher parts = DURATION.matcher(String.valueOf(value));
        if (!parts.matches() || parts.group(1).length() > 6) {
            throw wrong("a duration such as 500ms, 1s or 2m");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    AdversaryConfigException wrong(String expected) {
        String text = String.valueOf(value);
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return new AdversaryConfigException(
                path + " is \"" + shown.replaceAll("\\s+", " ") + "\", expected " + expected);
    }
}
