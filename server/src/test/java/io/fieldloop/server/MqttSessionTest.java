package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.HelloFault;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.voice.VoiceConfig;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said over MQTT and UDP, on frozen time. */
class MqttSessionTest {
    @Test
    void answersAHelloOnTheDevicesOwnTopicThoughItNeverSubscribed() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.voice(
                VoiceConfig.builder().advertised("198.51.100.7", 8884).build()))) {
            gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            MqttBytes.Packet answer = device.packets().get(0);
            assertThat(answer.topic()).isEqualTo(FrozenMqtt.REPLIES);
            assertThat(answer.payload())
                    .startsWith("{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"")
                    .contains("\"udp\":{\"server\":\"198.51.100.7\",\"port\":8884,\"encryption\":\"aes-128-ctr\"");
        }
    }

    @Test
    void sendsNoAudioBeforeTheDeviceHasShownWhereItIs() throws Exception {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenGateway.Datagrams voice = gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            JsonNode udp = device.message().path("udp");
            device.say("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}");
            device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
            assertThat(voice.sent()).isEmpty();
            voice.send("203.0.113.5", 40_000, VoiceBytes.seal(udp, 0, 1, new byte[20]));
            gateway.advance(Duration.ofMillis(60));
            assertThat(voice.sent()).singleElement().asString().startsWith("203.0.113.5:40000 01");
        }
    }

    @Test
    void hearsWhatIsSaidInDatagramsAndAnswersInThem() throws Exception {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenGateway.Datagrams voice = gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            JsonNode udp = device.message().path("udp");
            device.say("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}");
            voice.send("203.0.113.5", 40_000, VoiceBytes.seal(udp, 0, 1, new byte[20]));
            voice.send("203.0.113.5", 40_000, VoiceBytes.seal(udp, 0, 2, new byte[30]));
            device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class))
                    .extracting(GatewayEvent.AudioReceived::frames, GatewayEvent.AudioReceived::bytes)
                    .containsExactly(2L, 50L);
            List<String> sent = voice.sent();
            assertThat(sent).hasSize(5);
            byte[] first =
                    HexFormat.of().parseHex(sent.get(0).substring(sent.get(0).indexOf(' ') + 1));
            assertThat(VoiceBytes.sequence(first)).isEqualTo(1);
            // The reply's first packet is 60 ms of Opus in one frame pair; what counts is that it decrypts to what was
            // canned.
            assertThat(VoiceBytes.open(udp, first)).hasSize(first.length - 16);
        }
    }

    @Test
    void aGoodbyeEndsTheTalkAndKeepsTheConnection() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            String session = device.message().path("session_id").asText();
            device.say("{\"session_id\":\"" + session + "\",\"type\":\"goodbye\"}");
            assertThat(device.closed()).isFalse();
            gateway.events().only(GatewayEvent.VoiceClosed.class);
            device.hello();
            assertThat(device.message().path("session_id").asText()).isNotEqualTo(session);
        }
    }

    @Test
    void aSilentTalkEndsWithAGoodbyeAfterItsIdleLimit() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            String session = device.message().path("session_id").asText();
            gateway.advance(Duration.ofMinutes(2));
            JsonNode goodbye = device.message();
            assertThat(goodbye.path("type").asText()).isEqualTo("goodbye");
            assertThat(goodbye.path("session_id").asText()).isEqualTo(session);
            assertThat(device.closed()).isFalse();
        }
    }

    @Test
    void aConnectionWithoutHelloStandsAsLongAsItPings() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt device = FrozenMqtt.connected(gateway);
            for (int i = 0; i < 10; i++) {
                gateway.advance(Duration.ofMinutes(4));
                device.send(MqttBytes.ping());
            }
            assertThat(device.packets()).hasSize(10).allMatch(packet -> packet.first() == 0xD0);
            assertThat(device.closed()).isFalse();
        }
    }

    @Test
    void aMessageWithoutHelloGetsAGoodbyeForTheSessionItNames() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt device = FrozenMqtt.connected(gateway);
            device.say("{\"session_id\":\"old\",\"type\":\"listen\",\"state\":\"start\"}");
            assertThat(device.message().toString()).isEqualTo("{\"type\":\"goodbye\",\"session_id\":\"old\"}");
            device.say("{\"type\":\"listen\",\"state\":\"start\"}");
            assertThat(device.packets()).isEmpty();
        }
    }

    @Test
    void compatSaysGoodbyeWithoutASessionWhereTheMessageNamesNone() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
            FrozenMqtt device = FrozenMqtt.connected(gateway);
            device.say("{\"type\":\"listen\",\"state\":\"start\"}");
            assertThat(device.message().toString()).isEqualTo("{\"type\":\"goodbye\"}");
        }
    }

    @Test
    void compatAsksForToolsBeforeAnyHello() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT))) {
            FrozenMqtt device = new FrozenMqtt(gateway).send(MqttBytes.connect(FrozenMqtt.DEVICE));
            List<MqttBytes.Packet> packets = device.packets();
            assertThat(packets.get(0).first()).isEqualTo(0x20);
            assertThat(packets.get(1).payload())
                    .startsWith(
                            "{\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"id\":10000,\"method\":\"initialize\"")
                    .doesNotContain("session_id");
            device.say("{\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"id\":10000,\"result\":{}}}");
            assertThat(device.message().path("payload").path("method").asText()).isEqualTo("notifications/initialized");
            JsonNode list = device.message().path("payload");
            assertThat(list.path("method").asText()).isEqualTo("tools/list");
            assertThat(list.path("id").asInt()).isEqualTo(10_001);
            device.say("{\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"id\":10001,\"result\":"
                    + "{\"tools\":[{\"name\":\"self.volume\"}],\"nextCursor\":\"n\"}}}");
            assertThat(device.message().path("payload").path("id").asInt()).isEqualTo(10_002);
        }
    }

    @Test
    void aHelloOfAnotherVersionIsClosed() {
        for (Stance stance : Stance.values()) {
            try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.stance(stance))) {
                FrozenMqtt device = FrozenMqtt.connected(gateway);
                device.say("{\"type\":\"hello\",\"version\":1,\"transport\":\"udp\"}");
                gateway.advance(Duration.ofSeconds(1));
                assertThat(device.closed()).isTrue();
                assertThat(gateway.events()
                                .only(GatewayEvent.SessionClosed.class)
                                .reason())
                        .isEqualTo(CloseReason.UNSUPPORTED_DATA);
            }
        }
    }

    @Test
    void textThatIsNoJsonClosesInCompatAndIsToldHardened() {
        try (FrozenGateway compat = FrozenMqtt.gateway(config -> config.stance(Stance.COMPAT));
                FrozenGateway hardened = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt one = FrozenMqtt.connected(compat).say("no json");
            compat.advance(Duration.ofSeconds(1));
            assertThat(one.closed()).isTrue();
            FrozenMqtt other = FrozenMqtt.connected(hardened).say("no json");
            assertThat(other.closed()).isFalse();
            assertThat(hardened.events().only(GatewayEvent.ProtocolError.class).reason())
                    .isEqualTo(GatewayEvent.ProtocolError.Reason.NOT_JSON);
        }
    }

    @Test
    void aSecondHelloGivesNewKeysAndClosesTheFirstFlow() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            JsonNode first = device.message();
            JsonNode second = device.hello().message();
            assertThat(second.path("udp").path("nonce"))
                    .isNotEqualTo(first.path("udp").path("nonce"));
            gateway.events().only(GatewayEvent.VoiceClosed.class);
            assertThat(gateway.events().of(GatewayEvent.VoiceOpened.class)).hasSize(2);
        }
    }

    @Test
    void faultsBendWhatTheHelloSaysOfUdp() {
        FaultAction wrong = new HelloFault.HelloUdp("172.17.0.2", 1, null, "00");
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.fault(new Fault(wrong, 1, 1))
                .fault(new Fault(new HelloFault.OmitUdp(), 2, 2))
                .fault(new Fault(new HelloFault.FailHello(), 3, 3)))) {
            gateway.voice("voice");
            JsonNode udp = FrozenMqtt.connected(gateway).hello().message().path("udp");
            assertThat(udp.path("server").asText()).isEqualTo("172.17.0.2");
            assertThat(udp.path("port").asInt()).isEqualTo(1);
            assertThat(udp.path("nonce").asText()).isEqualTo("00");
            assertThat(udp.path("key").asText()).hasSize(32);
            assertThat(FrozenMqtt.connected(gateway).hello().message().has("udp"))
                    .isFalse();
            FrozenMqtt third = FrozenMqtt.connected(gateway).hello();
            assertThat(third.message().toString()).isEqualTo("{\"type\":\"goodbye\"}");
            assertThat(third.message().path("message").asText()).isEqualTo("处理 hello 消息失败");
            assertThat(gateway.events().of(GatewayEvent.FaultApplied.class))
                    .extracting(GatewayEvent.FaultApplied::fault)
                    .containsExactly("hello-udp", "omit-udp", "fail-hello");
        }
    }

    @Test
    void aFaultRekeysInMidSessionAndSaysGoodbyeWithoutASession() {
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.fault(Fault.always(new SessionFault.Rekey(Duration.ofSeconds(5))))
                        .fault(Fault.always(new SessionFault.SayGoodbye(null, Duration.ofSeconds(8)))))) {
            gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            JsonNode first = device.message();
            gateway.advance(Duration.ofSeconds(5));
            JsonNode second = device.message();
            assertThat(second.path("type").asText()).isEqualTo("hello");
            assertThat(second.path("udp").path("key"))
                    .isNotEqualTo(first.path("udp").path("key"));
            gateway.advance(Duration.ofSeconds(3));
            assertThat(device.message().toString()).isEqualTo("{\"type\":\"goodbye\"}");
        }
    }

    @Test
    void aFaultCountsVoiceFromAnotherNumber() throws Exception {
        try (FrozenGateway gateway =
                FrozenMqtt.gateway(config -> config.fault(Fault.always(new HelloFault.VoiceSequence(0xffff_fffeL))))) {
            FrozenGateway.Datagrams voice = gateway.voice("voice");
            FrozenMqtt device = FrozenMqtt.connected(gateway).hello();
            JsonNode udp = device.message().path("udp");
            device.say("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}");
            voice.send("203.0.113.5", 40_000, VoiceBytes.seal(udp, 0, 1, new byte[20]));
            device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
            assertThat(voice.sent())
                    .extracting(
                            sent -> VoiceBytes.sequence(HexFormat.of().parseHex(sent.substring(sent.indexOf(' ') + 1))))
                    .startsWith(0xffff_fffeL, 0xffff_ffffL, 0L);
        }
    }
}
