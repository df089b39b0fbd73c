package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Default;
import io.fieldloop.scenario.shape.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a device has in the namespace {@code mqtt} of its settings; what the firmware stores and never reads is left out. */
@Doc("What the device's settings hold for MQTT and voice over UDP")
public record DeviceMqttSpec(
        @Doc("Its broker, as host or host:port; TLS on port 8883 and no other, which is the default port too")
        @Default("gateway.test:1883")
        String endpoint,

        @Doc("The client id; default: as a server makes it that has not bound the device, from its MAC address")
        @Nullable
        String clientId,

        @Doc("The user name; default: as the servers make it, base64 of an address in JSON") @Nullable
        String username,

        @Doc("The password; default: valid when the gateway requires one, else none") @Nullable
        MqttPassword password,

        @Doc("The keep-alive it announces") @Default("240s") Duration keepAlive,

        @Doc("Where it publishes; with an empty one it says nothing at all") @Default("device-server")
        String publishTopic) {}
