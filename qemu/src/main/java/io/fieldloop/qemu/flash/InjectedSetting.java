package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.flash.nvs.NvsException;
import io.fieldloop.qemu.flash.nvs.NvsType;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a scenario may put into a device's NVS, with the type the firmware reads each with.
 *
 * <p>From protocol reference 4.1. The type matters: a number stored as i32 is not found by firmware that asks for u8.
 */
public enum InjectedSetting {
    WEBSOCKET_URL(NvsType.STR),
    WEBSOCKET_TOKEN(NvsType.STR),
    WEBSOCKET_VERSION(NvsType.I32),
    MQTT_ENDPOINT(NvsType.STR),
    MQTT_CLIENT_ID(NvsType.STR),
    MQTT_USERNAME(NvsType.STR),
    MQTT_PASSWORD(NvsType.STR),
    MQTT_PUBLISH_TOPIC(NvsType.STR),
    MQTT_SUBSCRIBE_TOPIC(NvsType.STR),
    MQTT_KEEPALIVE(NvsType.I32),
    WIFI_SSID(NvsType.STR),
    WIFI_PASSWORD(NvsType.STR),
    WIFI_OTA_URL(NvsType.STR),
    WIFI_MAX_TX_POWER(NvsType.I8),
    WIFI_REMEMBER_BSSID(NvsType.U8),
    WIFI_SLEEP_MODE(NvsType.U8),
    BOARD_UUID(NvsType.STR),
    NETWORK_TYPE(NvsType.I32),
    ASSETS_DOWNLOAD_URL(NvsType.STR);

    private final NvsType type;

    InjectedSetting(NvsType type) {
        this.type = type;
    }

    /** Namespace and key: {@code websocket/url}. */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", "/");
    }

    public NvsType type() {
        return type;
    }

    /** The value for a setting as a scenario writes it, where the device has none yet. */
    public static NvsValue value(String path, String text) {
        return value(path, text, null);
    }

    /**
     * The value for a setting as a scenario writes it.
     *
     * <p>A setting that is not listed here keeps the type it has in the device; a new one is a text.
     */
    static NvsValue value(String path, String text, @Nullable NvsValue there) {
        for (InjectedSetting setting : values()) {
            if (setting.path().equals(path)) {
                return typed(setting.type, path, text);
            }
        }
        return there instanceof NvsValue.Numeric number ? typed(number.type(), path, text) : NvsValue.text(text);
    }

    private static NvsValue typed(NvsType type, String path, String text) {
        return type.isNumber() ? new NvsValue.Numeric(type, number(path, text)) : NvsValue.text(text);
    }

    private static BigInteger number(String path, String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException noNumber) {
            throw new NvsException("\"" + text + "\" is no value for " + path + "; it is a whole number.");
        }
    }
}
