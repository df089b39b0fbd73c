package io.fieldloop.scenario.shape.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One form of a mapping while its JSON Schema is put together. */
public final class ObjectForm {
    private final String doc;
    private final boolean open;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final List<Map<String, Object>> conditions = new ArrayList<>();
    private final Map<String, Object> alternatives = new LinkedHashMap<>();

    ObjectForm(String doc) {
        this(doc, false);
    }

    private ObjectForm(String doc, boolean open) {
        this.doc = doc;
        this.open = open;
    }

    /** A form whose other keys cannot be told, since a matrix fills in what it is. */
    static ObjectForm open(String doc) {
        return new ObjectForm(doc, true);
    }

    /** The mapping has to fit that schema too. */
    void also(Map<String, Object> schema) {
        conditions.add(schema);
    }

    void key(String key, Map<String, Object> property, boolean isRequired) {
        properties.put(key, property);
        if (isRequired) {
            required.add(key);
        }
    }

    /** At least one of the keys must be there. */
    void anyRequired(Collection<String> keys) {
        alternatives("anyOf", keys);
    }

    /** Exactly one of the keys must be there. */
    void oneRequired(Collection<String> keys) {
        alternatives("oneOf", keys);
    }

    private void alternatives(String keyword, Collection<String> keys) {
        if (!keys.isEmpty()) {
            alternatives.put(
                    keyword,
                    keys.stream()
                            .map(key -> SchemaPart.json("required", List.of(key)))
                            .toList());
        }
    }

    /** Both together; the more special of the two descriptions stands. */
    ObjectForm and(ObjectForm other) {
        ObjectForm both = new ObjectForm(other.doc.isEmpty() ? doc : other.doc, open || other.open);
        both.properties.putAll(other.properties);
        both.properties.putAll(properties);
        both.required.addAll(required);
        both.required.addAll(other.required);
        both.conditions.addAll(conditions);
        both.conditions.addAll(other.conditions);
        both.alternatives.putAll(alternatives);
        both.alternatives.putAll(other.alternatives);
        return both;
    }

    Map<String, Object> schema() {
        Map<String, Object> schema = SchemaPart.json("description", doc, "type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.putAll(alternatives);
        if (!conditions.isEmpty()) {
            schema.put("allOf", conditions);
        }
        if (!open) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
