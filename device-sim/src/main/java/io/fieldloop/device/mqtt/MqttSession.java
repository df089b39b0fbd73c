package io.fieldloop.device.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application on esp-mqtt asks of its broker beyond being let in; xiaozhi asks for nothing.
 *
 * @param clean whether the broker shall forget what it kept for this client id ({@code disable_clean_session} is off)
 * @param will what the broker publishes when the connection ends without a DISCONNECT
 * @param subscriptions filters the application subscribes to with QoS 1, at every MQTT_EVENT_CONNECTED
 */
public record MqttSession(boolean clean, @Nullable MqttMessage will, List<String> subscriptions) {

    /** A clean session, no will and no subscription. */
    public static final MqttSession NONE = new MqttSession(true, null, List.of());

    public MqttSession {
        subscriptions = List.copyOf(subscriptions);
    }
}
