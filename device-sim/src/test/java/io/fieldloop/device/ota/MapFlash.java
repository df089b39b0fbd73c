package io.fieldloop.device.ota;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flash whose content a test can look at: values by {@code namespace/key}. */
final class MapFlash implements Flash {
    final Map<String, String> values = new HashMap<>();

    @Override
    public @Nullable String get(String namespace, String key) {
        return values.get(namespace + "/" + key);
    }

    @Override
    public void set(String namespace, String key, String value) {
        values.put(namespace + "/" + key, value);
    }
}
