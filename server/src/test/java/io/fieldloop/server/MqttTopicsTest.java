package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.ConnackFault;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.mqtt.MqttConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics as ordinary tools use them. */
class MqttTopicsTest {
    @Test
    void acknowledgesEachFilterAndDeliversToThoseThatFit() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt watcher = client(gateway, "watcher");
            watcher.send(MqttBytes.subscribe(7, 2, "a/+/c", "x/#", "#/bad"));
            // packet id 7, QoS 2 granted as 1 twice, a failure
            assertThat(watcher.answer()).isEqualTo("90050007010180");
            FrozenMqtt other = client(gateway, "other");
            other.send(MqttBytes.publish("a/b/c", "one")).send(MqttBytes.publish("a/b", "two"));
            other.send(MqttBytes.publish("x", "three"));
            assertThat(watcher.packets()).extracting(MqttBytes.Packet::payload).containsExactly("one", "three");
        }
    }

    @Test
    void watchersHearBothHalvesOfADevicesTalk() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            gateway.voice("voice");
            FrozenMqtt watcher = client(gateway, "watcher");
            watcher.send(MqttBytes.subscribe(1, 0, "device-server", "devices/p2p/#"));
            watcher.packets();
            FrozenMqtt.connected(gateway).hello();
            assertThat(watcher.packets())
                    .extracting(MqttBytes.Packet::topic)
                    .containsExactly("device-server", FrozenMqtt.REPLIES);
        }
    }

    @Test
    void aMessageToADevicesTopicReachesItThoughItNeverSubscribed() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt device = FrozenMqtt.connected(gateway);
            client(gateway, "tool").send(MqttBytes.publish(FrozenMqtt.REPLIES, "{\"type\":\"alert\"}"));
            assertThat(device.packets()).extracting(MqttBytes.Packet::payload).containsExactly("{\"type\":\"alert\"}");
            assertThat(gateway.events().only(GatewayEvent.Published.class).receivers())
                    .isEqualTo(1);
        }
    }

    @Test
    void qosOneIsAcknowledgedAndDeliveredWithAnId() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt watcher = client(gateway, "watcher");
            watcher.send(MqttBytes.subscribe(1, 1, "t"));
            watcher.packets();
            FrozenMqtt other = client(gateway, "other");
            assertThat(other.send(MqttBytes.publish("t", "one", 9)).answer()).isEqualTo("40020009");
            MqttBytes.Packet delivered = watcher.packets().get(0);
            assertThat(delivered.first()).isEqualTo(0x32);
            assertThat(delivered.octets()).isEqualTo("\0\1t\0\1one");
        }
    }

    @Test
    void aBurstInOneReadReachesASubscriberThatTakesIt() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt watcher = client(gateway, "watcher").send(MqttBytes.subscribe(1, 0, "t"));
            watcher.packets();
            byte[] one = MqttBytes.publish("t", "x".repeat(64));
            byte[] burst = new byte[one.length * 2000];
            for (int i = 0; i < 2000; i++) {
                System.arraycopy(one, 0, burst, i * one.length, one.length);
            }
            client(gateway, "other").send(burst);
            assertThat(watcher.packets()).hasSize(2000);
        }
    }

    @Test
    void aSubscriberThatAcknowledgesNothingIsSentOnlySoMuch() {
        MqttConfig mqtt = MqttConfig.builder().waitingMax(5).build();
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.mqtt(mqtt))) {
            FrozenMqtt watcher = client(gateway, "watcher");
            watcher.send(MqttBytes.subscribe(1, 1, "t"));
            watcher.packets();
            FrozenMqtt other = client(gateway, "other");
            for (int i = 1; i <= 100; i++) {
                other.send(MqttBytes.publish("t", "m" + i, i));
            }
            assertThat(watcher.packets()).hasSize(64);
            for (int id = 1; id <= 10; id++) {
                watcher.send(HexFormat.of().parseHex("400200" + HexFormat.of().toHexDigits((byte) id)));
            }
            assertThat(watcher.packets()).hasSize(5);
        }
    }

    @Test
    void whatWasKeptIsHandedToLaterSubscribersAndTakenAwayByAnEmptyMessage() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt other = client(gateway, "other");
            byte[] kept = MqttBytes.publish("state/a", "on");
            kept[0] |= 1;
            other.send(kept);
            FrozenMqtt watcher = client(gateway, "watcher").send(MqttBytes.subscribe(1, 0, "state/+"));
            List<MqttBytes.Packet> packets = watcher.packets();
            assertThat(packets).hasSize(2);
            assertThat(packets.get(1).first()).isEqualTo(0x31);
            assertThat(packets.get(1).payload()).isEqualTo("on");
            byte[] gone = MqttBytes.publish("state/a", "");
            gone[0] |= 1;
            other.send(gone);
            assertThat(client(gateway, "late")
                            .send(MqttBytes.subscribe(1, 0, "state/+"))
                            .packets())
                    .hasSize(1);
        }
    }

    @Test
    void aWillIsSaidWhenTheClientVanishesAndNotWhenItTakesLeave() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt watcher = client(gateway, "watcher").send(MqttBytes.subscribe(1, 0, "wills"));
            watcher.packets();
            FrozenMqtt polite = new FrozenMqtt(gateway).send(withWill("polite"));
            polite.send(MqttBytes.disconnect());
            assertThat(polite.closed()).isTrue();
            assertThat(watcher.packets()).isEmpty();
            new FrozenMqtt(gateway).send(withWill("gone")).client().leave();
            assertThat(watcher.packets()).extracting(MqttBytes.Packet::payload).containsExactly("gone");
        }
    }

    @Test
    void aWillOfAClientThatWasNeverLetInIsNotSaid() {
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.fault(new Fault(new ConnackFault.AnswerConnack(5), 2, 2)))) {
            FrozenMqtt watcher = client(gateway, "watcher").send(MqttBytes.subscribe(1, 0, "wills"));
            watcher.packets();
            assertThat(new FrozenMqtt(gateway).send(withWill("refused")).closed())
                    .isTrue();
            assertThat(watcher.packets()).isEmpty();
        }
    }

    @Test
    void aSubscriptionEndsWithItsUnsubscribe() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt watcher = client(gateway, "watcher").send(MqttBytes.subscribe(1, 0, "t", "u"));
            watcher.packets();
            // UNSUBSCRIBE, id 2, "t"
            watcher.send(HexFormat.of().parseHex("a2050002000174"));
            assertThat(watcher.answer()).isEqualTo("b0020002");
            FrozenMqtt other = client(gateway, "other");
            other.send(MqttBytes.publish("t", "one")).send(MqttBytes.publish("u", "two"));
            assertThat(watcher.packets()).extracting(MqttBytes.Packet::payload).containsExactly("two");
        }
    }

    @Test
    void aDeviceWithSignedCredentialsHasItsOwnTopicsAndNoOthers() {
        MqttConfig mqtt =
                MqttConfig.builder().signatureKey("Fieldloop-Sign-Key-01").build();
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.mqtt(mqtt))) {
            FrozenMqtt device = new FrozenMqtt(gateway)
                    .send(MqttBytes.connect(
                            4,
                            "GID_test@@@11_22_33_44_55_66@@@36c98363-3656-43cb-a00f-8bced2391a90",
                            "eyJpcCI6IjIyMi4yMjIuMjIyLjIyMiJ9",
                            "3P+Km4BE8SCnoWRhhnFbjTzCkvFyz4SfP9dRp+6j0kY=",
                            240));
            device.packets();
            device.send(MqttBytes.subscribe(1, 0, "#", FrozenMqtt.REPLIES, "devices/p2p/aa_bb_cc_dd_ee_ff"));
            assertThat(device.answer()).isEqualTo("90050001800080");
            device.send(MqttBytes.publish("devices/p2p/aa_bb_cc_dd_ee_ff", "{}"));
            assertThat(gateway.events().only(GatewayEvent.ProtocolError.class).reason())
                    .isEqualTo(GatewayEvent.ProtocolError.Reason.TOPIC_DENIED);
        }
    }

    @Test
    void whatThereIsNotEndsWithItsReason() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            // QoS 2
            assertEndsWith(gateway, "34080001740001006869", "e0029b00");
            // a topic alias, where the CONNACK allowed none
            assertEndsWith(gateway, "30080001740323000168", "e0029400");
            // PUBREL
            assertEndsWith(gateway, "62020001", "e0028200");
            // a second CONNECT
            assertEndsWith(gateway, HexFormat.of().formatHex(MqttBytes.connect(5, "x", null, null, 9)), "e0028200");
            // a packet type of zero
            assertEndsWith(gateway, "0000", "e0028100");
            // more than 8,192 bytes
            assertEndsWith(gateway, "30fdff7f", "e0029500");
            assertThat(gateway.events().of(GatewayEvent.ProtocolError.class))
                    .extracting(GatewayEvent.ProtocolError::detail)
                    .containsExactly(
                            "PUBLISH with QoS 2, of which there is none here",
                            "PUBLISH with a topic alias or without a topic; the CONNACK allowed no alias",
                            "PUBREL, which no client of QoS 0 and 1 sends",
                            "a second CONNECT",
                            "unknown message type: 0",
                            "a packet of more than 8192 bytes");
        }
    }

    @Test
    void thePacketCapIsEightKibibytesHeaderIncluded() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            byte[] largest = MqttBytes.publish("t", "x".repeat(8192 - 3 - 3));
            assertThat(largest).hasSize(8192);
            FrozenMqtt client = client(gateway, "one").send(largest);
            assertThat(client.closed()).isFalse();
            client.send(MqttBytes.publish("t", "x".repeat(8192 - 3 - 2)));
            gateway.advance(Duration.ofSeconds(1));
            assertThat(client.closed()).isTrue();
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.MESSAGE_TOO_BIG);
        }
    }

    @Test
    void compatAcknowledgesOneFilterWhateverWasAskedForAndDeliversNothing() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
            FrozenMqtt device = FrozenMqtt.connected(gateway);
            device.send(MqttBytes.subscribe(7, 1, "a", "b"));
            assertThat(device.answer()).isEqualTo("9003000700");
            // with a remaining length of two bytes the id is read one byte early: 0x01 0x00 instead of 0x00 0x07
            device.send(MqttBytes.subscribe(7, 1, "t".repeat(200)));
            assertThat(device.answer()).isEqualTo("9003010000");
        }
    }

    @Test
    void compatClosesForWhatItDoesNotKnow() {
        for (String hex : List.of("40020001", "a2050002000174", "320700017400016869")) {
            try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
                FrozenMqtt device =
                        FrozenMqtt.connected(gateway).send(HexFormat.of().parseHex(hex));
                gateway.advance(Duration.ofSeconds(1));
                assertThat(device.closed()).as(hex).isTrue();
            }
        }
    }

    @Test
    void compatTakesWhatADeviceSaysOnAnyTopic() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
            gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway);
            device.send(MqttBytes.publish("anything", "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"));
            assertThat(device.message().path("udp").path("key").asText()).hasSize(32);
        }
    }

    private static void assertEndsWith(FrozenGateway gateway, String packet, String disconnect) {
        FrozenMqtt client = new FrozenMqtt(gateway).send(MqttBytes.connect(5, "", null, null, 60));
        client.packets();
        client.send(HexFormat.of().parseHex(packet));
        assertThat(client.answer()).as(packet).isEqualTo(disconnect);
        gateway.advance(Duration.ofSeconds(1));
        assertThat(client.closed()).as(packet).isTrue();
    }

    private static FrozenMqtt client(FrozenGateway gateway, String id) {
        FrozenMqtt client = new FrozenMqtt(gateway).send(MqttBytes.connect(id));
        client.packets();
        return client;
    }

    /** CONNECT with a will on topic {@code wills} that says the client id. */
    private static byte[] withWill(String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        String body = "00044d515454" + "04" + "06" + "003c" + text(id) + text("wills") + text(id);
        assertThat(name).hasSizeLessThan(100);
        return MqttBytes.packet(0x10, HexFormat.of().parseHex(body));
    }

    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
    }
}
