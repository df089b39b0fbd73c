package io.fieldloop.server.ota;

import io.fieldloop.server.connection.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a device logs on to the broker with: {@code GID_<group>@@@<mac>@@@<mac>}, its address as user name, and over both a signature as
 * password.
 *
 * <p>Both current servers put the MAC address in twice; older documents have a UUID as third part.
 */
record MqttCredentials(String clientId, String username, String password) {
    /**
     * The credentials of one device.
     *
     * @param group such as {@code GID_default}
     * @param userJson what becomes the user name, such as {@code {"ip":"192.168.1.15"}}
     */
    static MqttCredentials of(String signatureKey, String group, String deviceId, String userJson) {
        String device = underscored(deviceId);
        String clientId = underscored(group) + "@@@" + device + "@@@" + device;
        String username = Base64.getEncoder().encodeToString(userJson.getBytes(StandardCharsets.UTF_8));
        return new MqttCredentials(clientId, username, HmacSha256.brokerPassword(signatureKey, clientId, username));
    }

    static String underscored(String text) {
        return text.replace(':', '_').replace(' ', '_');
    }
}
