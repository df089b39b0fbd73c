package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.MqttDrop;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.device.mqtt.MqttSession;
import io.fieldloop.device.mqtt.MqttSettings;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application on esp-mqtt and nothing else: what its client keeps, sends again, forgets, and says on the console. */
class EspMqttTest {

    private static final MqttMessage READING = new MqttMessage("room/1", "21.5", 1, false);

    private static MqttBench bench(MqttSession session) {
        return new MqttBench(
                "esp-mqtt", new MqttSettings("broker.test:1883", "ESP32_012345", "", "", 120, "", session));
    }

    private static MqttBench bench() {
        return bench(MqttSession.NONE);
    }

    private static MqttBench lost(MqttBench bench) {
        bench.wire().close();
        return bench;
    }

    @Test
    void isOnlineAsSoonAsItsBrokerTookIt() {
        try (MqttBench bench = bench().connected()) {
            assertThat(bench.device.openChannel())
                    .isCompletedWithValueMatching(ConnectOutcome.Online.class::isInstance);
            assertThat(bench.packets()).isEmpty();
            assertThat(bench.events(DeviceEvent.Online.class)).hasSize(1);
        }
    }

    @Test
    void connectCarriesTheWillAndWhetherTheSessionIsToLast() {
        MqttSession session = new MqttSession(false, new MqttMessage("gone", "x", 1, true), List.of());
        try (MqttBench bench = bench(session)) {
            bench.device.start();
            assertThat(HexFormat.of().formatHex(bench.received()))
                    .isEqualTo("10" + "21" + "00044d515454" + "04"
                            + "2c" // will with QoS 1, retained; no clean session
                            + "0078" // 120 s
                            + "000c" + "45535033325f303132333435"
                            + "0004" + "676f6e65" // will topic
                            + "0001" + "78"); // will message
        }
    }

    @Test
    void subscribesWheneverItIsConnectedAndHearsWhatComes() {
        MqttSession session = new MqttSession(true, null, List.of("room/1/set", "all/#"));
        try (MqttBench bench = bench(session).connected()) {
            assertThat(bench.packets()).containsExactly("SUBSCRIBE room/1/set", "SUBSCRIBE all/#");
            bench.publishes("on");
            assertThat(bench.events).contains(new DeviceEvent.MqttReceived("x", "on"));
            lost(bench).after(Duration.ofSeconds(10));
            bench.sends(MqttBench.CONNACK);
            assertThat(bench.packets()).startsWith("CONNECT", "SUBSCRIBE room/1/set", "SUBSCRIBE all/#");
        }
    }

    @Test
    void sendsAgainAfterASecondOnTheSameConnectionUntilItIsAcknowledged() {
        try (MqttBench bench = bench().connected()) {
            bench.device.publish(READING);
            assertThat(bench.packets()).containsExactly("room/1 21.5");
            bench.after(Duration.ofSeconds(2));
            assertThat(bench.packets()).containsExactly("room/1 21.5 (DUP)");
            bench.acknowledges().after(Duration.ofSeconds(5));
            assertThat(bench.packets()).isEmpty();
            assertThat(bench.events(DeviceEvent.MqttAcknowledged.class)).hasSize(1);
        }
    }

    @Test
    void onlyTheFirstThatWaitsIsSentAgain() {
        try (MqttBench bench = bench().connected()) {
            bench.device.publish(READING);
            bench.device.publish(new MqttMessage("room/2", "19", 1, false));
            bench.packets();
            bench.after(Duration.ofSeconds(5));
            assertThat(bench.packets()).isNotEmpty().containsOnly("room/1 21.5 (DUP)");
        }
    }

    @Test
    void whatWaitedForAConnectionGoesOutWhenThereIsOneAndIsNoDuplicate() {
        try (MqttBench bench = lost(bench().connected())) {
            bench.device.publish(READING);
            bench.after(Duration.ofSeconds(10));
            assertThat(bench.packets()).containsExactly("CONNECT");
            bench.sends(MqttBench.CONNACK);
            assertThat(bench.packets()).containsExactly("room/1 21.5");
        }
    }

    @Test
    void aMessageWithQos0IsLostWithoutAConnectionAndTheConsoleSaysSo() {
        try (MqttBench bench = lost(bench().connected())) {
            bench.device.publish(new MqttMessage("room/1", "21.5", 0, false));
            assertThat(bench.console()).contains("W mqtt_client: Publish: Losing qos0 data when client not connected");
            assertThat(bench.events)
                    .contains(new DeviceEvent.MqttDropped("room/1", MqttDrop.NOT_CONNECTED, Duration.ZERO));
        }
    }

    @Test
    void anOutageOfMoreThanThirtySecondsLosesQos1MessagesWithoutALine() {
        try (MqttBench bench = lost(bench().connected()).failingNetwork(new ConnectException())) {
            bench.device.publish(READING);
            bench.after(Duration.ofSeconds(29));
            assertThat(bench.events(DeviceEvent.MqttDropped.class)).isEmpty();
            bench.after(Duration.ofSeconds(6));
            assertThat(bench.events(DeviceEvent.MqttDropped.class)).hasSize(1);
            assertThat(bench.console()).noneMatch(line -> line.contains("room/1"));
        }
    }

    @Test
    void doesWithoutTheLinesOfXiaozhi() {
        try (MqttBench bench = bench()) {
            bench.device.start();
            bench.sends("20020005");
            assertThat(bench.console())
                    .contains("W mqtt_client: Connection refused, not authorized", "E mqtt_client: MQTT connect failed")
                    .noneMatch(line -> line.contains("esp_mqtt") || line.contains("Application"));
            assertThat(bench.events(DeviceEvent.Refused.class)).hasSize(1);
            bench.after(Duration.ofSeconds(10)).sends(MqttBench.CONNACK);
            assertThat(bench.events(DeviceEvent.Online.class)).hasSize(1);
        }
    }

    @Test
    void stopsWithADisconnectAndStaysAway() {
        try (MqttBench bench = bench().connected()) {
            bench.device.closeChannel();
            assertThat(bench.packets()).containsExactly("DISCONNECT");
            int dials = bench.dials;
            bench.after(Duration.ofMinutes(1));
            assertThat(bench.dials).isEqualTo(dials);
        }
    }
}
