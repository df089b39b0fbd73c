package io.fieldloop.device.websocket;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes a scenario makes to the headers of the upgrade request: a value adds or replaces, null omits.
 *
 * <p>Names are matched without regard to case, and a replaced header keeps its place; the written name is the edit's, so a case fault
 * can be scripted too.
 */
public record HeaderEdits(Map<String, @Nullable String> byName) {

    private static final HeaderEdits NONE = new HeaderEdits(Map.of());

    // Written out: the class file of a compact constructor loses the annotation inside the type argument.
    public HeaderEdits(Map<String, @Nullable String> byName) {
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    public static HeaderEdits none() {
        return NONE;
    }
}
