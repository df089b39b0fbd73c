package io.fieldloop.scenario.shape.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts that schemas are made of, as mappings in the order in which they are written. */
final class SchemaPart {
    private SchemaPart() {}

    /** What any of these schemas takes. */
    static Map<String, Object> anyOf(List<Map<String, Object>> schemas) {
        return schemas.size() == 1 ? new LinkedHashMap<>(schemas.get(0)) : json("anyOf", schemas);
    }

    /** Keys and values in turns; an empty text is left out. */
    static Map<String, Object> json(Object... keysAndValues) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (!"".equals(keysAndValues[i + 1])) {
                json.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return json;
    }
}
