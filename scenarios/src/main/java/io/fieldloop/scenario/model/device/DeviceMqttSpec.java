package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a device has in the namespace {@code mqtt} of its settings; what the firmware stores and never reads is left out. */
@Doc("What the device's settings hold for MQTT and voice over UDP")
public record DeviceMqttSpec(
        @Doc("Its broker, as host or host:port; TLS on port 8883 and no other, which is the default port too")
        @Default("gateway.test:1883")
        String endpoint,

        @Doc(
                "The client id; default: as a server makes it that has not bound the device, from its MAC address, or as esp-mqtt does")
        @Nullable
        String clientId,

        @Doc("The user name; default: as the servers make it, base64 of an address in JSON; none for esp-mqtt")
        @Nullable
        String username,

        @Doc("The password; default: valid when the gateway requires one, else none; none for esp-mqtt") @Nullable
        MqttPassword password,

        @Doc("The keep-alive it announces; default: 240s, and 120s for esp-mqtt") @Nullable
        Duration keepAlive,

        @Doc("Where it publishes; with an empty one it says nothing at all") @Default("device-server")
        String publishTopic,

        @Doc(
                "Whether the broker shall forget what it kept for its client id; matters to esp-mqtt alone, as what follows")
        @Default("true")
        boolean cleanSession,

        @Doc("What the broker publishes when it is lost") @Nullable
        MqttMessageSpec will,

        @Doc("What it subscribes to whenever it is connected") @Default("[]")
        List<String> subscribe) {
    public DeviceMqttSpec {
        subscribe = List.copyOf(subscribe);
    }
}
