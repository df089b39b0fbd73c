package io.fieldloop.scenario.shape.schema;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and plain values as indented JSON. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.value(value, 0);
        return json.text.append('\n').toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof List<?> list) {
            array(list, depth);
        } else if (value instanceof String string) {
            string(string);
        } else {
            text.append(value);
        }
    }

    private void object(Map<?, ?> map, int depth) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            indent(depth + 1);
            string(String.valueOf(entry.getKey()));
            text.append(": ");
            value(entry.getValue(), depth + 1);
            text.append(entries.hasNext() ? "," : "");
        }
        if (!map.isEmpty()) {
            indent(depth);
        }
        text.append('}');
    }

    private void array(List<?> list, int depth) {
        boolean flat = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (flat) {
                text.append(i == 0 ? "" : ", ");
            } else {
                indent(depth + 1);
            }
            value(list.get(i), depth + 1);
            text.append(!flat && i < list.size() - 1 ? "," : "");
        }
        if (!flat) {
            indent(depth);
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"')
                .append(string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"');
    }

    private void indent(int depth) {
        text.append('\n').append("  ".repeat(depth));
    }
}
