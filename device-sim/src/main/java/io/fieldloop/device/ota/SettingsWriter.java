package io.fieldloop.device.ota;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies every text and number of a section into the NVS namespace of its name; what the section does not have stays as it was.
 *
 * <p>NVS takes keys of 15 characters and texts of 3,999 bytes; what is longer makes ESP_ERROR_CHECK abort.
 */
final class SettingsWriter {
    private static final int KEY_LENGTH_MAX = 15;
    private static final int TEXT_BYTES_MAX = 3999;
    private static final String KEY_TOO_LONG = "ESP_ERR_NVS_KEY_TOO_LONG";
    private static final String VALUE_TOO_LONG = "ESP_ERR_NVS_VALUE_TOO_LONG";

    private final Flash flash;

    SettingsWriter(Flash flash) {
        this.flash = flash;
    }

    /** The error that makes the device abort, or null. */
    @Nullable
    String store(String namespace, JsonNode section) {
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            JsonNode value = entry.getValue();
            String text = value.isTextual() ? value.textValue() : Integer.toString(value.intValue());
            if ((value.isTextual() || value.isNumber()) && !text.equals(flash.get(namespace, entry.getKey()))) {
                if (entry.getKey().length() > KEY_LENGTH_MAX) {
                    return KEY_TOO_LONG;
                }
                if (text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
                    return VALUE_TOO_LONG;
                }
                flash.set(namespace, entry.getKey(), text);
            }
        }
        return null;
    }
}
