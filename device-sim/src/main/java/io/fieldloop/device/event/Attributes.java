package io.fieldloop.device.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the ordered, JSON-friendly attributes of an event; what is null is left out. */
final class Attributes {

    private final Map<String, Object> values = new LinkedHashMap<>();

    private Attributes() {}

    static Attributes with(String name, @Nullable Object value) {
        return new Attributes().and(name, value);
    }

    Attributes and(String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            values.put(name, number.longValue());
        } else if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
