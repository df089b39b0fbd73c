package io.fieldloop.device.ota;

import org.jspecify.annotations.Nullable;

/** What outlives a restart: settings by namespace and key, and which slot boots with which firmware. */
public interface Flash {
    /** The value, or null where nothing is stored. */
    @Nullable
    String get(String namespace, String key);

    void set(String namespace, String key, String value);
}
