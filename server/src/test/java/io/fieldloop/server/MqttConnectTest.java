package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.AcceptFault;
import io.fieldloop.server.fault.ConnackFault;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.mqtt.MqttConfig;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in over MQTT, how others are told, and how a connection ends. */
class MqttConnectTest {
    private static final String KEY = "Fieldloop-Sign-Key-01";

    @Test
    void letsAnybodyInWhereNoKeyIsSet() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            assertThat(new FrozenMqtt(gateway)
                            .send(MqttBytes.connect("mosqsub"))
                            .answer())
                    .isEqualTo("20020000");
            GatewayEvent.MqttConnected event = gateway.events().only(GatewayEvent.MqttConnected.class);
            assertThat(event.deviceId()).isNull();
            assertThat(event.clientId()).isEqualTo("mosqsub");
            assertThat(event.keepAlive()).isEqualTo(Duration.ofMinutes(4));
        }
    }

    @Test
    void tellsAClientOfMqtt5WhatItCanHave() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            String answer = new FrozenMqtt(gateway)
                    .send(MqttBytes.connect(5, "mosqsub", null, null, 60))
                    .answer();
            assertThat(answer)
                    .startsWith("20")
                    .contains("2401")
                    .contains("2a00")
                    .contains("2700002000");
        }
    }

    @ParameterizedTest(name = "level {0}, {1}: {3}")
    @CsvSource({
        // MQTT 3.1.1 and 5 have different numbers for the same reason
        "4, GID_x@@@11_22_33_44_55_66@@@u, wrong, credentials-mismatch, 20020004",
        "5, GID_x@@@11_22_33_44_55_66@@@u, wrong, credentials-mismatch, 2003008600",
        "4, GID_x@@@11_22_33_44_55_66@@@u, , credentials-missing, 20020004",
        "4, mosqsub, any, client-id-malformed, 20020002",
        "5, mosqsub, any, client-id-malformed, 2003008500",
        "3, GID_x@@@11_22_33_44_55_66@@@u, any, protocol-level, 20020001"
    })
    void refusesWithTheCodeOfTheClientsLevel(
            int level, String clientId, String password, String reason, String connack) {
        try (FrozenGateway gateway = FrozenMqtt.gateway(
                config -> config.mqtt(MqttConfig.builder().signatureKey(KEY).build()))) {
            String user = password == null ? null : "user";
            FrozenMqtt client = new FrozenMqtt(gateway).send(MqttBytes.connect(level, clientId, user, password, 60));
            assertThat(client.answer()).isEqualTo(connack);
            gateway.advance(Duration.ofSeconds(1));
            assertThat(client.closed()).isTrue();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason().wireName()).isEqualTo(reason);
            assertThat(refusal.status()).isEqualTo(HexFormat.fromHexDigits(connack.substring(6, 8)));
        }
    }

    @Test
    void compatSaysYesBeforeItJudges() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT)
                .mqtt(MqttConfig.builder().signatureKey(KEY).build()))) {
            FrozenMqtt client =
                    new FrozenMqtt(gateway).send(MqttBytes.connect(4, FrozenMqtt.DEVICE, "user", "wrong", 60));
            assertThat(client.answer()).isEqualTo("20020000");
            assertThat(client.closed()).isTrue();
            assertThat(reason(gateway)).isEqualTo(RefusalReason.CREDENTIALS_MISMATCH);
        }
    }

    @Test
    void givesANameToAClientWithout() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            assertThat(new FrozenMqtt(gateway).send(MqttBytes.connect("")).answer())
                    .isEqualTo("20020000");
            assertThat(gateway.events().only(GatewayEvent.MqttConnected.class).clientId())
                    .startsWith("auto-");
        }
    }

    @Test
    void refusesAnAddressThatIsDenied() {
        AdmissionConfig admission = AdmissionConfig.builder()
                .deny(List.of(Cidr.parse("192.0.2.0/24")))
                .build();
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.admission(admission))) {
            assertThat(new FrozenMqtt(gateway)
                            .send(MqttBytes.connect(FrozenMqtt.DEVICE))
                            .answer())
                    .isEqualTo("20020005");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "not-mqtt, 300568656c6c6f", // PUBLISH first
        "not-mqtt, 2a310d0a24340d0a50494e470d0a", // redis
        "http-on-mqtt, 474554202f20485454502f312e310d0a0d0a",
        "tls-on-plain, 160301020001",
        "ssh-scan, 5353482d322e302d4f70656e5353480d0a",
        "malformed-connect, 10ffffffff7f00044d515454", // a remaining length of five bytes
        "protocol-level, 100a0005787878787804000000", // another protocol name
        "packet-too-large, 10ffff7f00044d515454" // 2 MB
    })
    void recordsWhatIsNoConnect(String reason, String hex) {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt client = new FrozenMqtt(gateway).send(HexFormat.of().parseHex(hex));
            assertThat(client.closed()).isTrue();
            assertThat(reason(gateway).wireName()).isEqualTo(reason);
        }
    }

    @Test
    void waitsForAConnectOnlySoLong() {
        LimitsConfig limits =
                LimitsConfig.builder().firstByte(Duration.ofSeconds(5)).build();
        MqttConfig mqtt = MqttConfig.builder().connect(Duration.ofSeconds(7)).build();
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.limits(limits).mqtt(mqtt))) {
            FrozenMqtt silent = new FrozenMqtt(gateway);
            FrozenMqtt slow = new FrozenMqtt(gateway).send(new byte[] {0x10});
            gateway.advance(Duration.ofSeconds(6));
            assertThat(silent.closed()).isTrue();
            assertThat(slow.closed()).isFalse();
            gateway.advance(Duration.ofSeconds(1));
            assertThat(slow.closed()).isTrue();
            assertThat(gateway.events().of(GatewayEvent.HandshakeRefused.class))
                    .extracting(event -> event.refusal().reason())
                    .containsExactly(RefusalReason.SILENCE, RefusalReason.SLOW_REQUEST);
        }
    }

    @Test
    void compatWaitsForEverForALengthThatDoesNotEnd() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
            FrozenMqtt client = new FrozenMqtt(gateway).send(HexFormat.of().parseHex("10ffffffff7f00044d515454"));
            gateway.advance(Duration.ofHours(1));
            assertThat(client.closed()).isFalse();
        }
    }

    @Test
    void aSecondConnectionWithTheSameClientIdTakesOver() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt older = new FrozenMqtt(gateway).send(MqttBytes.connect(5, "one", null, null, 60));
            older.packets();
            new FrozenMqtt(gateway).send(MqttBytes.connect(5, "one", null, null, 60));
            gateway.advance(Duration.ofSeconds(1));
            assertThat(older.answer()).isEqualTo("e002" + "8e00");
            assertThat(older.closed()).isTrue();
            GatewayEvent.SessionClosed closed = gateway.events().only(GatewayEvent.SessionClosed.class);
            assertThat(closed.reason()).isEqualTo(CloseReason.TAKEN_OVER);
            assertThat(closed.code()).isEqualTo(0x8e);
        }
    }

    @Test
    void anIdChangedAtBindingTakesNothingOver() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt unbound = new FrozenMqtt(gateway)
                    .send(MqttBytes.connect("GID_default@@@11_22_33_44_55_66@@@11_22_33_44_55_66"));
            new FrozenMqtt(gateway)
                    .send(MqttBytes.connect("bread-compact-wifi@@@11_22_33_44_55_66@@@11_22_33_44_55_66"));
            gateway.advance(Duration.ofSeconds(1));
            assertThat(unbound.closed()).isFalse();
        }
    }

    @Test
    void compatClosesItselfAtASecondConnect() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
            FrozenMqtt device = FrozenMqtt.connected(gateway).send(MqttBytes.connect(FrozenMqtt.DEVICE));
            gateway.advance(Duration.ofSeconds(1));
            assertThat(device.closed()).isTrue();
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.TAKEN_OVER);
        }
    }

    @Test
    void silenceOfOneAndAHalfKeepAlivesEndsTheConnection() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt client = new FrozenMqtt(gateway).send(MqttBytes.connect(5, "one", null, null, 60));
            client.packets();
            gateway.advance(Duration.ofSeconds(89));
            client.send(MqttBytes.ping());
            assertThat(client.packets()).hasSize(1);
            gateway.advance(Duration.ofSeconds(89));
            assertThat(client.closed()).isFalse();
            gateway.advance(Duration.ofSeconds(2));
            assertThat(client.answer()).isEqualTo("e0028d00");
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.KEEPALIVE_TIMEOUT);
        }
    }

    @Test
    void compatDoesNotNoticeADeadDeviceItSpeaksTo() {
        FaultAction talk = new SessionFault.SendText("{}", Duration.ofSeconds(50), 3, Duration.ofSeconds(50));
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT).fault(Fault.always(talk)))) {
            FrozenMqtt device = new FrozenMqtt(gateway).send(MqttBytes.connect(4, FrozenMqtt.DEVICE, null, null, 60));
            gateway.advance(Duration.ofSeconds(239));
            assertThat(device.closed()).isFalse();
            gateway.advance(Duration.ofSeconds(2));
            assertThat(device.closed()).isTrue();
        }
    }

    @Test
    void faultsAnswerWithACodeOrNotAtAllOrLater() {
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.fault(new Fault(new ConnackFault.AnswerConnack(5), 1, 1))
                        .fault(new Fault(new ConnackFault.StallConnack(), 2, 2))
                        .fault(new Fault(new ConnackFault.DelayConnack(Duration.ofSeconds(4)), 3, 3)))) {
            FrozenMqtt refused = new FrozenMqtt(gateway).send(MqttBytes.connect("one"));
            assertThat(refused.answer()).isEqualTo("20020005");
            assertThat(refused.closed()).isTrue();
            FrozenMqtt stalled = new FrozenMqtt(gateway).send(MqttBytes.connect("two"));
            FrozenMqtt delayed = new FrozenMqtt(gateway).send(MqttBytes.connect("three"));
            gateway.advance(Duration.ofSeconds(3));
            assertThat(delayed.answer()).isEmpty();
            gateway.advance(Duration.ofSeconds(2));
            assertThat(delayed.answer()).isEqualTo("20020000");
            assertThat(stalled.answer()).isEmpty();
            assertThat(stalled.closed()).isFalse();
        }
    }

    @Test
    void faultsAreCountedForEachKindOfListener() {
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.fault(new Fault(new AcceptFault.RefuseConnection(), 1, 1)))) {
            assertThat(gateway.connect("ws", "192.0.2.7").reset()).isTrue();
            assertThat(gateway.connect("mqtt", "192.0.2.7").reset()).isTrue();
            assertThat(gateway.connect("mqtt", "192.0.2.7").reset()).isFalse();
        }
    }

    private static RefusalReason reason(FrozenGateway gateway) {
        return gateway.events()
                .only(GatewayEvent.HandshakeRefused.class)
                .refusal()
                .reason();
    }
}
