package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.flash.nvs.NvsException;
import io.fieldloop.qemu.flash.nvs.NvsType;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.math.BigInteger;
import java.util.Locale;

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
    BOARD_UUID(NvsType.STR),
    NETWORK_TYPE(NvsType.I32);

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

    /**
     * The value for a setting as a scenario writes it.
     *
     * <p>A setting that is not listed here is a text, as everything that xiaozhi's own settings class stores is unless
     * it is a number.
     */
    public static NvsValue value(String path, String text) {
        for (InjectedSetting setting : values()) {
            if (setting.path().equals(path) && setting.type.isNumber()) {
                return new NvsValue.Numeric(setting.type, number(path, text));
            }
        }
        return NvsValue.text(text);
    }

    private static BigInteger number(String path, String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException noNumber) {
            throw new NvsException("\"" + text + "\" is no value for " + path + "; it is a whole number.");
        }
    }
}
