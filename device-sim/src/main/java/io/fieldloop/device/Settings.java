package io.fieldloop.device;

import io.fieldloop.device.websocket.Identity;
import org.jspecify.annotations.Nullable;

/** A device's settings as its firmware looks them up at every attempt: what is stored, by the firmware's own names. */
final class Settings {

    private static final String WEBSOCKET = "websocket";
    private static final String BOARD = "board";

    private final NvsStore nvs;
    private final DeviceConfig config;

    /** What a store does not have yet is written as the configuration says: the device comes flashed with it. */
    Settings(NvsStore nvs, DeviceConfig config) {
        this.nvs = nvs;
        this.config = config;
        flash(WEBSOCKET, "url", config.url());
        flash(WEBSOCKET, "token", config.token());
        flash(WEBSOCKET, "version", Integer.toString(config.protocolVersion()));
        flash(BOARD, "uuid", config.clientId());
    }

    private void flash(String namespace, String key, @Nullable String value) {
        if (value != null && nvs.get(namespace, key) == null) {
            nvs.set(namespace, key, value);
        }
    }

    String webSocketUrl() {
        return stored(WEBSOCKET, "url", config.url());
    }

    Identity identity() {
        return new Identity(
                nvs.get(WEBSOCKET, "token"),
                stored(BOARD, "uuid", config.clientId()),
                config.deviceId(),
                Integer.parseInt(stored(WEBSOCKET, "version", Integer.toString(config.protocolVersion()))));
    }

    private String stored(String namespace, String key, String otherwise) {
        String value = nvs.get(namespace, key);
        return value == null ? otherwise : value;
    }
}
