package io.fieldloop.scenario.shape.schema;

import static io.fieldloop.scenario.shape.schema.SchemaPart.anyOf;
import static io.fieldloop.scenario.shape.schema.SchemaPart.json;

import io.fieldloop.scenario.shape.Shape.Text;
import java.util.List;
import java.util.Map;

/** The schema of a plain value: its words, or its type with a pattern and limits. */
final class TextSchema {
    private TextSchema() {}

    static Map<String, Object> of(Text text) {
        if (!text.words().isEmpty()) {
            Map<String, Object> words = json("enum", List.copyOf(text.words().keySet()));
            return text.others() ? anyOf(List.of(words, json("type", text.types()))) : words;
        }
        Map<String, Object> schema =
                json("type", text.types().size() == 1 ? text.types().get(0) : text.types());
        if (text.pattern() != null) {
            schema.put("pattern", whole(text.pattern()));
        }
        if (text.bounds() != null) {
            limit(schema, "minimum", text.bounds().min());
            limit(schema, "maximum", text.bounds().max());
        }
        return schema;
    }

    /** Limits that only say how wide the Java type is tell nobody anything. */
    private static void limit(Map<String, Object> schema, String keyword, long limit) {
        if (limit > Integer.MIN_VALUE && limit < Integer.MAX_VALUE) {
            schema.put(keyword, limit);
        }
    }

    /** Where a pattern has to fit all of a value: JSON Schema looks for it anywhere. */
    static String whole(String pattern) {
        return "^(?:" + pattern + ")$";
    }
}
