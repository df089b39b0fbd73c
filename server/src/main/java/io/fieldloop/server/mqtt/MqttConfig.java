package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.GatewayConfigException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway speaks MQTT.
 *
 * @param signatureKey the key passwords are signed with; null where any credentials do
 * @param connect from the first byte to the end of CONNECT
 * @param packetBytesMax the largest packet taken, its header included
 * @param publishTopic where devices publish what they say; compat takes it from anywhere
 * @param subscriptionsMax how many filters a client may subscribe to
 * @param retainedMax how many retained messages are kept; a further topic's is delivered and not kept
 * @param waitingMax how many QoS 1 messages wait for a slow subscriber; what is more is dropped
 */
public record MqttConfig(
        @Nullable String signatureKey,
        Duration connect,
        int packetBytesMax,
        String publishTopic,
        int subscriptionsMax,
        int retainedMax,
        int waitingMax) {
    public MqttConfig {
        if (signatureKey != null && signatureKey.isEmpty()) {
            throw new GatewayConfigException("The MQTT signature key is empty; set one, or none at all.");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; the packet cap is xiaozhi-mqtt-gateway's. */
    public static final class Builder {
        private @Nullable String signatureKey;
        private Duration connect = Duration.ofSeconds(10);
        private int packetBytesMax = 8192;
        private String publishTopic = "device-server";
        private int subscriptionsMax = 32;
        private int retainedMax = 1000;
        private int waitingMax = 100;

        private Builder() {}

        /** Asks every client for a password signed with this key. */
        public Builder signatureKey(@Nullable String value) {
            signatureKey = value;
            return this;
        }

        public Builder connect(Duration value) {
            connect = value;
            return this;
        }

        public Builder packetBytesMax(int value) {
            packetBytesMax = value;
            return this;
        }

        public Builder publishTopic(String value) {
            publishTopic = value;
            return this;
        }

        public Builder subscriptionsMax(int value) {
            subscriptionsMax = value;
            return this;
        }

        public Builder retainedMax(int value) {
            retainedMax = value;
            return this;
        }

        public Builder waitingMax(int value) {
            waitingMax = value;
            return this;
        }

        public MqttConfig build() {
            return new MqttConfig(
                    signatureKey, connect, packetBytesMax, publishTopic, subscriptionsMax, retainedMax, waitingMax);
        }
    }
}
