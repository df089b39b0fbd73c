package io.fieldloop.scenario.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.DisconnectedBufferOptions;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

/** A stock MQTT client as the device: Eclipse Paho, over a 4G link that breaks. */
final class StockClientExampleTest {
    @StartStop
    final FieldGateway broker = FieldGateway.mqtt();

    @StartStop
    final FieldLink link = FieldLink.preset("cat1-typical").to(broker);

    @Test
    void comesBackByItselfAndDeliversWhatItWasGivenMeanwhile(FieldRun run) throws Exception {
        MqttAsyncClient client =
                new MqttAsyncClient(link.url().replace("mqtt://", "tcp://"), "meter", new MemoryPersistence());
        try {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setAutomaticReconnect(true);
            options.setCleanSession(false);
            DisconnectedBufferOptions buffer = new DisconnectedBufferOptions();
            buffer.setBufferEnabled(true); // without it Paho refuses to publish while it is offline
            client.setBufferOpts(buffer);
            client.connect(options).waitForCompletion(10_000);
            run.await("mqtt-connected", ofSeconds(5));
            link.link().resetAll();
            Awaitility.await().until(() -> !client.isConnected());
            client.publish("readings", "21.5".getBytes(StandardCharsets.UTF_8), 1, false)
                    .waitForCompletion(30_000);
            run.await("published", Map.of("topic", "readings", "qos", 1), ofSeconds(5));
            assertThat(run.journal())
                    .filteredOn(entry -> entry.kind().equals("mqtt-connected"))
                    .hasSize(2);
        } finally {
            client.disconnectForcibly(0, 1000);
            client.close(true);
        }
    }
}
