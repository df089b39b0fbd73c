package io.fieldloop.device;

import io.fieldloop.device.mqtt.MqttSession;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.websocket.Identity;

/** A device's settings as its firmware looks them up at every attempt, by the firmware's own names; what is not stored is as configured. */
final class Settings {

    private static final String WEBSOCKET = "websocket";
    private static final String MQTT = "mqtt";
    private static final MqttSettings NOTHING =
            new MqttSettings("", "", "", "", MqttSettings.KEEP_ALIVE_SECONDS, "", MqttSession.NONE);
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

    /** Whether the device was ever told of a broker; a firmware with both prefers MQTT (application.cc, InitializeProtocol()). */
    boolean hasMqtt() {
        return config.mqtt() != null || nvs.get(MQTT, "endpoint") != null;
    }

    MqttSettings mqtt() {
        MqttSettings configured = config.mqtt() == null ? NOTHING : config.mqtt();
        return new MqttSettings(
                stored(MQTT, "endpoint", configured.endpoint()),
                stored(MQTT, "client_id", configured.clientId()),
                stored(MQTT, "username", configured.username()),
                stored(MQTT, "password", configured.password()),
                Integer.parseInt(stored(MQTT, "keepalive", Integer.toString(configured.keepAliveSeconds()))),
                stored(MQTT, "publish_topic", configured.publishTopic()),
                configured.session());
    }

    private String stored(String namespace, String key, String otherwise) {
        String value = nvs.get(namespace, key);
        return value == null ? otherwise : value;
    }
}
