package io.fieldloop.server.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT says that matters after it.
 *
 * @param keepAlive how often the client will be heard; zero where it promises nothing
 * @param receiveMaximum how many QoS 1 messages it takes before it has acknowledged one
 * @param packetBytesMax the largest packet it takes
 */
record MqttLogin(
        MqttClientId id,
        int level,
        Duration keepAlive,
        @Nullable Publication will,
        int receiveMaximum,
        int packetBytesMax) {
    /** Enough for a slow acknowledgement, whatever a client allows. */
    private static final int RECEIVE_MAXIMUM = 64;

    static MqttLogin of(MqttConnectMessage connect, String clientId) {
        return new MqttLogin(
                MqttClientId.of(clientId),
                connect.variableHeader().version(),
                Duration.ofSeconds(connect.variableHeader().keepAliveTimeSeconds()),
                willOf(connect),
                Math.min(RECEIVE_MAXIMUM, said(connect.variableHeader().properties(), MqttProperties.RECEIVE_MAXIMUM)),
                said(connect.variableHeader().properties(), MqttProperties.MAXIMUM_PACKET_SIZE));
    }

    private static @Nullable Publication willOf(MqttConnectMessage connect) {
        MqttConnectPayload payload = connect.payload();
        byte[] message = payload.willMessageInBytes();
        return connect.variableHeader().isWillFlag() && payload.willTopic() != null
                ? new Publication(
                        payload.willTopic(),
                        message == null ? new byte[0] : message,
                        Math.min(connect.variableHeader().willQos(), 1),
                        connect.variableHeader().isWillRetain(),
                        PassedProperties.of(payload.willProperties(), 0))
                : null;
    }

    /** A limit of the client's; four bytes without a sign are more than is ever sent where they look negative. */
    private static int said(MqttProperties properties, int limit) {
        MqttProperties.MqttProperty<?> given = properties.getProperty(limit);
        return given != null && given.value() instanceof Integer number && number >= 0 ? number : Integer.MAX_VALUE;
    }
}
