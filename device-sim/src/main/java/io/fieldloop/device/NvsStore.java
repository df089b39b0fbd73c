package io.fieldloop.device;

import io.fieldloop.device.ota.Flash;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a device survives a restart: settings by namespace and key, as the firmware's {@code Settings} class keeps them in NVS
 * (xiaozhi-esp32, main/settings.cc). Numbers are kept as decimal digits.
 *
 * <p>Whoever gives the same store to the next {@link Device} starts the same device again.
 */
public interface NvsStore extends Flash {

    /** An empty store that lives as long as the object. */
    static NvsStore inMemory() {
        Map<String, String> values = new ConcurrentHashMap<>();
        return new NvsStore() {
            @Override
            public @Nullable String get(String namespace, String key) {
                return values.get(namespace + "/" + key);
            }

            @Override
            public void set(String namespace, String key, String value) {
                values.put(namespace + "/" + key, value);
            }
        };
    }
}
