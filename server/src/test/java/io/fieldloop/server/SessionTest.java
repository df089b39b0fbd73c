package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.server.Frames.Frame;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.session.SessionConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversation with an upgraded device, frame by frame. */
class SessionTest {
    private static final byte[] VOICE = new byte[120];

    @Test
    void answersHelloWithSessionIdAndAudio() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1));

            JsonNode hello = device.nextMessage();
            assertThat(hello.path("type").asText()).isEqualTo("hello");
            assertThat(hello.path("version").asInt()).isEqualTo(1);
            assertThat(hello.path("transport").asText()).isEqualTo("websocket");
            assertThat(hello.path("audio_params").toString())
                    .isEqualTo("{\"format\":\"opus\",\"sample_rate\":24000,\"channels\":1,\"frame_duration\":60}");
            assertThat(hello.path("session_id").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            assertThat(gateway.events().kinds())
                    .containsExactly("connection-opened", "upgraded", "hello-received", "hello-sent");
        }
    }

    /**
     * The ladder of one turn.
     *
     * <pre>
     * device  listen start (auto), audio... | silence 600 ms
     * gateway                               | stt, tts start, llm, tts sentence_start, 5 frames, then one per 60 ms, tts stop
     * </pre>
     */
    @Test
    void repliesWhenTheVoicePausesInAutoMode() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.listen("start", "auto");
            for (int i = 0; i < 20; i++) {
                device.sendAudio(1, VOICE);
                gateway.advance(Duration.ofMillis(60));
            }
            gateway.advance(Duration.ofMillis(539));
            assertThat(device.frames()).isEmpty();
            gateway.advance(Duration.ofMillis(1));

            List<Frame> frames = device.frames();
            assertThat(frames.stream().filter(Frame::isText).map(Frame::typeAndState))
                    .containsExactly("stt", "tts start", "llm", "tts sentence_start");
            assertThat(frames.stream().filter(Frame::isBinary)).hasSize(5);
            gateway.advance(Duration.ofMillis(600));
            assertThat(device.frames()).hasSize(10);
            gateway.advance(Duration.ofSeconds(3));
            List<Frame> rest = device.frames();
            assertThat(rest.get(rest.size() - 1).typeAndState()).isEqualTo("tts stop");
            assertThat(rest).hasSize(34 - 15 + 1);
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class).attributes())
                    .containsEntry("frames", 20L)
                    .containsEntry("bytes", 2400L);
            assertThat(gateway.events().only(GatewayEvent.AudioSent.class).frames())
                    .isEqualTo(34);
        }
    }

    @Test
    void endsAnUtteranceThatStreamsSilenceAndOneThatNeverEnds() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.listen("start", "auto");
            for (int i = 0; i < 10; i++) {
                device.sendAudio(1, new byte[3]);
                gateway.advance(Duration.ofMillis(60));
            }
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class).frames())
                    .isEqualTo(10);
        }
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.listen("start", "auto");
            for (int i = 0; i < 170; i++) {
                device.sendAudio(1, VOICE);
                gateway.advance(Duration.ofMillis(60));
            }
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class).frames())
                    .isEqualTo(167);
        }
    }

    @Test
    void repliesOnStopInManualModeHoweverLongTheSilence() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.listen("start", "manual");
            device.sendAudio(1, VOICE);
            gateway.advance(Duration.ofSeconds(30));
            assertThat(device.frames()).isEmpty();
            device.listen("stop", null);
            assertThat(device.frames().get(0).typeAndState()).isEqualTo("stt");
        }
    }

    @Test
    void stopsSpeakingOnAbort() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.listen("start", "manual");
            device.listen("stop", null);
            device.frames();
            device.send("{\"type\":\"abort\",\"reason\":\"wake_word_detected\"}");
            assertThat(device.frames().stream().map(Frame::typeAndState)).containsExactly("tts stop");
            gateway.advance(Duration.ofSeconds(5));
            assertThat(device.frames()).isEmpty();
            assertThat(gateway.events().only(GatewayEvent.AudioSent.class).frames())
                    .isEqualTo(5);
        }
    }

    /** Vectors G1 and G2 are its headers; its hello and its header say version 2. */
    @ParameterizedTest
    @EnumSource
    void speaksWithADeviceBehindXiaozhiMqttGateway(Stance stance) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.stance(stance))) {
            FrozenDevice device = new FrozenDevice(
                    gateway,
                    Requests.upgrade().target("/xiaozhi/v1/?from=mqtt_gateway").with("Protocol-Version", "2"));
            device.send(FrozenDevice.hello(2));
            device.listen("start", "manual");
            device.frames();
            // G2: nothing, timestamp 0, size 3, audio
            device.sendBinary(HexFormat.of().parseHex("00000000000000000000000000000003f8fffe"));
            device.listen("stop", null);
            gateway.advance(Duration.ofMillis(60));

            List<byte[]> audio = device.frames().stream()
                    .filter(Frame::isBinary)
                    .map(Frame::payload)
                    .toList();
            // type 1, 0, size 0x0079, sequence 0, timestamp 0, size 0x79
            assertThat(audio.get(0)).hasSize(16 + 121).startsWith(1, 0, 0, 0x79, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x79);
            assertThat(audio.get(1)).startsWith(1, 0, 0).containsSequence(0, 0, 0, 1, 0, 0, 0, 0);
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class).bytes())
                    .isEqualTo(3);
            assertThat(gateway.events().of(GatewayEvent.ProtocolError.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,16", "3,4"})
    void framesAudioInTheVersionOfTheHello(int version, int headerBytes) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(version));
            device.frames();
            device.listen("start", "manual");
            device.sendAudio(version, VOICE);
            device.listen("stop", null);

            byte[] audio = device.frames().stream()
                    .filter(Frame::isBinary)
                    .findFirst()
                    .orElseThrow()
                    .payload();
            // The first packet of the canned reply is 121 bytes long.
            assertThat(audio).hasSize(headerBytes + 121);
            if (version == 2) {
                // version 2, type 0, reserved, timestamp 0, size 0x79
                assertThat(audio).startsWith(0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x79);
            } else if (version == 3) {
                // type 0, reserved, size 0x0079
                assertThat(audio).startsWith(0, 0, 0, 0x79);
            }
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class).bytes())
                    .isEqualTo(120);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0200", "0002000000000000000000000000000a", "00020001000000000000000000000000"})
    void recordsAudioThatLiesAboutItselfAndGoesOn(String hex) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(2));
            device.listen("start", "manual");
            device.sendBinary(java.util.HexFormat.of().parseHex(hex));
            device.listen("stop", null);
            assertThat(gateway.events()
                            .only(GatewayEvent.ProtocolError.class)
                            .reason()
                            .name())
                    .startsWith("AUDIO_");
            assertThat(gateway.events().only(GatewayEvent.AudioReceived.class).frames())
                    .isZero();
        }
    }

    @Test
    void asksForToolsPageByPageAndCallsOne() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1).replace("\"transport\"", "\"features\":{\"mcp\":true},\"transport\""));
            assertThat(device.nextMessage().path("type").asText()).isEqualTo("hello");
            JsonNode initialize = device.nextMessage().path("payload");
            assertThat(initialize.path("id").asInt()).isEqualTo(1);
            assertThat(initialize.path("method").asText()).isEqualTo("initialize");

            device.mcp("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
            gateway.advance(Duration.ZERO);
            assertThat(device.nextMessage().path("payload").path("method").asText())
                    .isEqualTo("tools/list");
            device.mcp(
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[{\"name\":\"light\"}],\"nextCursor\":\"light\"}}");
            JsonNode second = device.nextMessage().path("payload");
            assertThat(second.path("params").path("cursor").asText()).isEqualTo("light");
            device.mcp("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[{\"name\":\"volume\"}]}}");

            var result = gateway.state()
                    .sessions()
                    .callTool(
                            new ConnectionId(1),
                            "light",
                            new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode());
            JsonNode call = device.nextMessage().path("payload");
            assertThat(call.path("params").path("name").asText()).isEqualTo("light");
            device.mcp("{\"jsonrpc\":\"2.0\",\"id\":" + call.path("id") + ",\"result\":{\"ok\":true}}");
            assertThat(result)
                    .isCompletedWithValueMatching(value -> value.path("ok").asBoolean());
        }
    }

    @Test
    void closesADeviceThatSaysNoHello() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = new FrozenDevice(gateway);
            gateway.advance(Duration.ofSeconds(10));
            assertThat(device.closeCode()).isEqualTo(1002);
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .attributes())
                    .containsEntry("reason", "hello-timeout");
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).attributes())
                    .containsEntry("by", "gateway")
                    .containsEntry("reason", "hello-timeout")
                    .containsEntry("code", 1002L);
        }
    }

    @Test
    void closesAnIdleDeviceAndCountsIdleFromItsLastMessage() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(Duration.ofSeconds(100));
            device.listen("start", "manual");
            gateway.advance(Duration.ofSeconds(119));
            assertThat(device.frames()).isEmpty();
            gateway.advance(Duration.ofSeconds(1));
            assertThat(device.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void pingsAndGivesUpOnADeafDevice() {
        SessionConfig session = SessionConfig.builder()
                .ping(new SessionConfig.Ping(Duration.ofSeconds(20), Duration.ofSeconds(20)))
                .build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.session(session))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(Duration.ofSeconds(20));
            Frame ping = device.frames().get(0);
            assertThat(ping.opcode()).isEqualTo(9);
            device.sendFrame(10, ping.payload());
            gateway.advance(Duration.ofSeconds(20));
            assertThat(device.frames().get(0).opcode()).isEqualTo(9);
            gateway.advance(Duration.ofSeconds(20));
            Frame close = device.frames().get(0);
            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(new String(close.payload(), 2, close.payload().length - 2, StandardCharsets.UTF_8))
                    .isEqualTo("keepalive ping timeout");
        }
    }

    @Test
    void aGatewayThatWasHeldUpReadsBeforeItMissesAPongOrAHello() {
        SessionConfig session = SessionConfig.builder()
                .ping(new SessionConfig.Ping(Duration.ofSeconds(20), Duration.ofSeconds(20)))
                .build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.session(session))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            FrozenDevice slow = new FrozenDevice(gateway);
            FrozenDevice silent = new FrozenDevice(gateway);
            gateway.holdUp(Duration.ofSeconds(25));
            slow.send(FrozenDevice.hello(1));
            assertThat(slow.nextMessage().path("type").asText()).isEqualTo("hello");
            gateway.advance(Duration.ofMillis(1));
            assertThat(silent.closeCode()).isEqualTo(1002);
            Frame ping = device.frames().get(0);
            gateway.holdUp(Duration.ofSeconds(25));
            device.sendFrame(10, ping.payload());
            gateway.advance(Duration.ofMillis(1));
            assertThat(device.frames()).isEmpty();
        }
    }

    @Test
    void answersPingWithItsPayload() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.sendFrame(9, new byte[] {1, 2, 3});
            Frame pong = device.frames().get(0);
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void echoesTheDevicesCloseCode() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.sendFrame(8, new byte[] {0x03, (byte) 0xE9}); // 1001
            assertThat(device.closeCode()).isEqualTo(1001);
            assertThat(device.closed()).isTrue();
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).attributes())
                    .containsEntry("by", "device")
                    .containsEntry("reason", "device-closed")
                    .containsEntry("code", 1001L);
        }
    }

    @Test
    void reportsADeviceThatJustDropsTheConnection() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice.greeted(gateway).leave();
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).attributes())
                    .containsEntry("reason", "device-dropped")
                    .doesNotContainKey("code");
            assertThat(gateway.state().sessions().snapshots()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "unmasked frame, 810548656c6c6f, 1002",
        "reserved bit, c18000000000, 1002",
        "invalid UTF-8, 818200000000c328, 1007",
        "message of 2 MiB announced, 82ff000000000020000000000000, 1009"
    })
    void closesOnABrokenFrameWithTheRightCode(String name, String hex, int code) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.sendRaw(java.util.HexFormat.of().parseHex(hex));
            assertThat(device.closeCode()).as(name).isEqualTo(code);
        }
    }

    @Test
    void closesOnAHelloItCannotServe() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1).replace("websocket", "udp"));
            assertThat(device.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void survivesTextThatIsNoMessageAndEchoesItInCompatStance() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.send("not json");
            device.send("[1,2]");
            device.send("{\"type\":\"surprise\"}");
            assertThat(device.frames()).isEmpty();
            assertThat(gateway.events().of(GatewayEvent.ProtocolError.class))
                    .extracting(GatewayEvent.ProtocolError::reason)
                    .extracting(Enum::name)
                    .containsExactly("NOT_JSON", "MESSAGE_TYPE_MISSING", "UNKNOWN_MESSAGE_TYPE");
        }
        try (FrozenGateway gateway = new FrozenGateway(config -> config.stance(Stance.COMPAT))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.send("not json");
            assertThat(new String(device.frames().get(0).payload(), StandardCharsets.UTF_8))
                    .isEqualTo("not json");
        }
    }

    @Test
    void readsNothingMoreFromADeviceThatTakesNothing() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.takes(false);
            assertThat(device.readsOn()).isFalse();
            device.takes(true);
            assertThat(device.readsOn()).isTrue();
        }
    }
}
