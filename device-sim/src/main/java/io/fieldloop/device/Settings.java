package io.fieldloop.device;

import io.fieldloop.device.websocket.Identity;

/** A device's settings as its firmware looks them up at every attempt, by the firmware's own names; what is not stored is as configured. */
final class Settings {

    private static final String WEBSOCKET = "websocket";
    private static final String BOARD = "board";

    private final NvsStore nvs;
    private final DeviceConfig config;

    /** The device boots; at its first boot it stores who it is (xiaozhi-esp32, main/boards/common/board.cc). */
    Settings(NvsStore nvs, DeviceConfig config) {
        this.nvs = nvs;
        this.config = config;
        if (nvs.get(BOARD, "uuid") == null) {
            nvs.set(BOARD, "uuid", config.clientId());
        }
    }

    String webSocketUrl() {
        return stored(WEBSOCKET, "url", config.url());
    }

    Identity identity() {
        String token = nvs.get(WEBSOCKET, "token");
        return new Identity(
                token == null ? config.token() : token,
                stored(BOARD, "uuid", config.clientId()),
                config.deviceId(),
                Integer.parseInt(stored(WEBSOCKET, "version", Integer.toString(config.protocolVersion()))));
    }

    private String stored(String namespace, String key, String otherwise) {
        String value = nvs.get(namespace, key);
        return value == null ? otherwise : value;
    }
}
