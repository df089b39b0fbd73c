package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.attempt.Stoi;
import org.jspecify.annotations.Nullable;

/**
 * What the NVS namespace {@code mqtt} holds. A topic to subscribe to may be stored too and is never read.
 *
 * @param endpoint {@code host[:port]}, cut at the first colon; TLS for port 8883, which is the default, and for no other
 * @param clientId of the CONNECT; username and password are left out of it where they are empty
 * @param keepAliveSeconds of the CONNECT
 * @param publishTopic where everything goes; empty says nothing at all, not even hello
 * @param session not stored there: what an application of another kind asks of the broker
 */
public record MqttSettings(
        String endpoint,
        String clientId,
        String username,
        String password,
        int keepAliveSeconds,
        String publishTopic,
        MqttSession session) {

    /** What the firmware takes where nothing is stored. */
    public static final int KEEP_ALIVE_SECONDS = 240;

    /** MQTT_KEEPALIVE_TICK of esp-mqtt, where its user says nothing. */
    public static final int ESP_KEEP_ALIVE_SECONDS = 120;

    private static final int TLS_PORT = 8883;

    /** Settings for a broker that asks for nothing, with the topic of the xiaozhi servers. */
    public static MqttSettings of(String endpoint, String clientId) {
        return new MqttSettings(endpoint, clientId, "", "", KEEP_ALIVE_SECONDS, "device-server", MqttSession.NONE);
    }

    /** Where the endpoint leads; null where the firmware's parser makes nothing of it, or throws. */
    public @Nullable Endpoint place() {
        int colon = endpoint.indexOf(':');
        String host = colon < 0 ? endpoint : endpoint.substring(0, colon);
        try {
            int port = port(colon);
            return host.isEmpty() || port < 1 || port > 65_535 ? null : new Endpoint(host, port, port == TLS_PORT);
        } catch (Stoi.ThrownException abort) {
            return null;
        }
    }

    /** What the firmware's parser throws, and nobody catches, at a port that is no number, such as behind {@code mqtt:}; or null. */
    public @Nullable String abort() {
        try {
            port(endpoint.indexOf(':'));
            return null;
        } catch (Stoi.ThrownException thrown) {
            return thrown.getMessage();
        }
    }

    private int port(int colon) throws Stoi.ThrownException {
        return colon < 0 ? TLS_PORT : Stoi.of(endpoint.substring(colon + 1));
    }
}
