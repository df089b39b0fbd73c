package io.fieldloop.scenario.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.scenario.model.DeviceMqttSpec;
import io.fieldloop.scenario.model.MqttPassword;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes a device's MQTT settings as the xiaozhi servers hand them out: the password signs client id and user name. */
final class MqttCredentials {
    private static final String USERNAME = Base64.getEncoder().encodeToString("{\"ip\":\"127.0.0.1\"}".getBytes(UTF_8));

    private MqttCredentials() {}

    /** Settings for a gateway with that key; {@code signed} says whether it asks for a signature. */
    static MqttSettings of(DeviceMqttSpec spec, DeviceConfig config, String key, boolean signed) {
        String mac = config.deviceId().replace(':', '_');
        String clientId = Objects.requireNonNullElse(spec.clientId(), "GID_default@@@" + mac + "@@@" + mac);
        String username = Objects.requireNonNullElse(spec.username(), USERNAME);
        MqttPassword password =
                Objects.requireNonNullElse(spec.password(), signed ? MqttPassword.VALID : MqttPassword.NONE);
        return new MqttSettings(
                spec.endpoint(),
                clientId,
                password == MqttPassword.NONE && spec.username() == null ? "" : username,
                switch (password) {
                    case VALID -> sign(key, clientId, username);
                    case NONE -> "";
                    case OTHER_KEY -> sign("another " + key, clientId, username);
                    case OTHER_CLIENT -> sign(key, "another " + clientId, username);
                },
                Math.toIntExact(spec.keepAlive().toSeconds()),
                spec.publishTopic());
    }

    private static String sign(String key, String clientId, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal((clientId + '|' + username).getBytes(UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException("This Java has no HmacSHA256.", everyJdkHasIt);
        }
    }
}
