package io.fieldloop.scenario.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Turns the texts' file into explanations; a reason without text, or a text without reason, is an error of the build. */
final class ExplanationReader {
    private static final Set<String> KEYS =
            Set.of("means", "lines", "device", "code", "timing", "server", "causes", "check", "scenario");

    private final String file;

    ExplanationReader(String file) {
        this.file = file;
    }

    Explanations read(String yaml) {
        Map<?, ?> sides =
                mapping(file, new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(yaml));
        List<Explanation> all = new ArrayList<>();
        for (Side side : Side.values()) {
            String place = file + ": " + side.wireName();
            Map<?, ?> reasons = mapping(place, sides.get(side.wireName()));
            for (Object reason : reasons.keySet()) {
                require(side.reasons().contains(reason), place + "." + reason + " is no reason");
            }
            for (String reason : side.reasons()) {
                require(reasons.containsKey(reason), place + "." + reason + " is missing");
                all.add(explanation(side, reason, mapping(place + "." + reason, reasons.get(reason))));
            }
        }
        return new Explanations(all);
    }

    private Explanation explanation(Side side, String reason, Map<?, ?> texts) {
        String place = file + ": " + side.wireName() + "." + reason;
        texts.keySet().forEach(key -> require(KEYS.contains(key), place + "." + key + " is no known key"));
        String own = text(texts, "means");
        String meaning = own == null ? side.meaning(reason) : own;
        require(!meaning.isEmpty(), place + " says nowhere what it means");
        return new Explanation(
                side,
                reason,
                meaning,
                texts(place, texts, "lines"),
                text(texts, "device"),
                text(texts, "code"),
                required(place, texts, "timing"),
                texts(place, texts, "server"),
                texts(place, texts, "causes"),
                texts(place, texts, "check"),
                required(place, texts, "scenario"));
    }

    private static String required(String place, Map<?, ?> texts, String key) {
        String text = text(texts, key);
        if (text == null || text.isEmpty()) {
            throw new IllegalStateException(place + " has no " + key);
        }
        return text;
    }

    private static @Nullable String text(Map<?, ?> texts, String key) {
        Object value = texts.get(key);
        return value == null ? null : String.valueOf(value).strip();
    }

    private static List<String> texts(String place, Map<?, ?> texts, String key) {
        Object value = texts.get(key);
        if (value == null) {
            return List.of();
        }
        require(value instanceof List<?>, place + "." + key + " is no list");
        return ((List<?>) value)
                .stream().map(item -> String.valueOf(item).strip()).toList();
    }

    private static Map<?, ?> mapping(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> mapping) {
            return mapping;
        }
        throw new IllegalStateException(place + " is no mapping");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
