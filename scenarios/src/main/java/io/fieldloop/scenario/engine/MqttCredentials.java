package io.fieldloop.scenario.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.device.mqtt.MqttSession;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.scenario.model.device.DeviceMqttSpec;
import io.fieldloop.scenario.model.device.MqttMessageSpec;
import io.fieldloop.scenario.model.device.MqttPassword;
import io.fieldloop.server.connection.HmacSha256;
import java.util.Base64;
import java.util.Objects;

/** Makes a device's MQTT settings as the xiaozhi servers hand them out: the password signs client id and user name. */
final class MqttCredentials {
    private static final String USERNAME = Base64.getEncoder().encodeToString("{\"ip\":\"127.0.0.1\"}".getBytes(UTF_8));

    private MqttCredentials() {}

    /** Settings for a gateway with that key; {@code signed} says whether it asks for a signature, which only xiaozhi knows. */
    static MqttSettings of(DeviceMqttSpec spec, DeviceConfig config, String key, boolean signed) {
        String mac = config.deviceId().replace(':', '_');
        boolean alone = config.profile().mqtt().alone();
        String usual = alone ? "ESP32_" + mac.replace("_", "").substring(6) : "GID_default@@@" + mac + "@@@" + mac;
        String clientId = Objects.requireNonNullElse(spec.clientId(), usual);
        String username = Objects.requireNonNullElse(spec.username(), USERNAME);
        MqttPassword password =
                Objects.requireNonNullElse(spec.password(), signed && !alone ? MqttPassword.VALID : MqttPassword.NONE);
        return new MqttSettings(
                spec.endpoint(),
                clientId,
                password == MqttPassword.NONE && spec.username() == null ? "" : username,
                switch (password) {
                    case VALID -> HmacSha256.brokerPassword(key, clientId, username);
                    case NONE -> "";
                    case OTHER_KEY -> HmacSha256.brokerPassword("another " + key, clientId, username);
                    case OTHER_CLIENT -> HmacSha256.brokerPassword(key, "another " + clientId, username);
                },
                keepAliveSeconds(spec, alone),
                spec.publishTopic(),
                new MqttSession(
                        spec.cleanSession(), spec.will() == null ? null : message(spec.will()), spec.subscribe()));
    }

    private static int keepAliveSeconds(DeviceMqttSpec spec, boolean alone) {
        if (spec.keepAlive() == null) {
            return alone ? MqttSettings.ESP_KEEP_ALIVE_SECONDS : MqttSettings.KEEP_ALIVE_SECONDS;
        }
        return Math.toIntExact(spec.keepAlive().toSeconds());
    }

    static MqttMessage message(MqttMessageSpec spec) {
        return new MqttMessage(spec.topic(), spec.message(), spec.qos(), spec.retain());
    }
}
