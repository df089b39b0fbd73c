package io.fieldloop.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.ListenMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations on an open channel, played by hand from the server's side. */
class AudioChannelTest {

    private static final String LISTEN_START =
            "1:{\"session_id\":\"s-1\",\"type\":\"listen\",\"state\":\"start\",\"mode\":\"auto\"}";

    private static DeviceConfig config() {
        return DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-wifi"), Bench.URL);
    }

    private static String tts(String state) {
        return "{\"type\":\"tts\",\"state\":\"" + state + "\",\"session_id\":\"s-1\"}";
    }

    /**
     * <pre>
     * device                              server
     *   | listen start (auto)  ---------->  |
     *   | Opus every 60 ms     ---------->  |
     *   |        <----------  stt, tts start|
     *   |        <----------  Opus, Opus    |
     *   |        <----------  tts stop      |
     *   | listen start (auto)  ---------->  |
     * </pre>
     */
    @Test
    void speaksAndHearsTheReply() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            CompletableFuture<TurnOutcome> turn = bench.device.talk(Duration.ofMillis(150));
            assertThat(bench.receivesFrames()).containsExactly(LISTEN_START);
            for (int packet = 0; packet < 3; packet++) {
                bench.after(Duration.ofMillis(59));
                assertThat(bench.receivesFrames()).isEmpty();
                bench.after(Duration.ofMillis(1));
                String frame = bench.receivesFrames().get(0);
                assertThat(frame).startsWith("2:X"); // TOC byte 0x58
                assertThat(frame.length() - 2).isBetween(100, 160);
            }
            bench.after(Duration.ofMillis(400))
                    .sendsText("{\"type\":\"stt\",\"text\":\"hi\"}")
                    .sendsText(tts("start"));
            assertThat(bench.device.state()).isEqualTo(DeviceState.SPEAKING);
            bench.after(Duration.ofMillis(100))
                    .sendsFrame(0x82, new byte[120])
                    .sendsFrame(0x82, new byte[80])
                    .sendsText(tts("stop"));

            assertThat(turn)
                    .isCompletedWithValue(new TurnOutcome.Completed(Duration.ofMillis(680), Duration.ofMillis(500)));
            assertThat(bench.receivesFrames()).containsExactly(LISTEN_START);
            assertThat(bench.device.state()).isEqualTo(DeviceState.LISTENING);
            assertThat(bench.events).contains(new DeviceEvent.AudioReceived(2, 200, 0));
            assertThat(bench.kinds()).containsSubsequence("audio-sent", "audio-received", "turn-completed");
            bench.device.talk(Duration.ofMillis(60));
            assertThat(bench.receivesFrames()).as("already announced").isEmpty();
        }
    }

    @Test
    void aUserWhomTheServerAnswersIntoTheSpeechIsCutOff() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            CompletableFuture<TurnOutcome> turn = bench.device.talk(Duration.ofMillis(600));
            bench.after(Duration.ofMillis(240)).sendsText(tts("start")).sendsFrame(0x82, new byte[120]);
            bench.after(Duration.ofMillis(500)).sendsText(tts("stop"));

            assertThat(turn)
                    .isCompletedWithValue(new TurnOutcome.Interrupted(Duration.ofMillis(740), Duration.ofMillis(360)));
            assertThat(bench.kinds()).contains("turn-interrupted").doesNotContain("turn-completed");
        }
    }

    @Test
    void theWakeWordAbortsTheServersSpeechAndNothingElse() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.device.abort();
            assertThat(bench.receivesFrames()).as("nobody speaks").isEmpty();
            CompletableFuture<TurnOutcome> turn = bench.device.talk(Duration.ofMillis(60));
            bench.after(Duration.ofMillis(60)).sendsText(tts("start"));
            bench.receivesFrames();

            bench.device.abort();
            assertThat(bench.receivesFrames())
                    .singleElement()
                    .asString()
                    .contains("\"type\":\"abort\"", "\"reason\":\"wake_word_detected\"");
            assertThat(turn).as("only the server can end the answer").isNotDone();
        }
    }

    @Test
    void pushToTalkSaysStopAndIsIdleAfterwards() {
        DeviceProfile manual = DeviceProfile.named("xiaozhi-wifi").withListenMode(ListenMode.MANUAL);
        try (Bench bench = new Bench(DeviceConfig.of("bench", manual, Bench.URL)).online()) {
            bench.device.talk(Duration.ofMillis(60));
            bench.after(Duration.ofMillis(60));
            List<String> frames = bench.receivesFrames();
            assertThat(frames.get(0)).contains("\"mode\":\"manual\"");
            assertThat(frames.get(2)).isEqualTo("1:{\"session_id\":\"s-1\",\"type\":\"listen\",\"state\":\"stop\"}");
            bench.sendsText(tts("start")).sendsText(tts("stop"));
            assertThat(bench.device.state()).isEqualTo(DeviceState.IDLE);
            assertThat(bench.receivesFrames()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 16", "3, 4"})
    void framesAudioByItsOwnProtocolVersion(int version, int headerBytes) {
        try (Bench bench = new Bench(config().withProtocolVersion(version)).online()) {
            bench.device.talk(Duration.ofMillis(60));
            bench.after(Duration.ofMillis(60));
            byte[] message = bench.receivesFrames().get(1).substring(2).getBytes(ISO_8859_1);
            int size = message.length - headerBytes;
            assertThat(message[headerBytes]).isEqualTo((byte) 0x58);
            byte[] header = switch (version) {
                // version, type, reserved, timestamp, payload size
                case 2 -> new byte[] {0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) size};
                // type, reserved, payload size
                case 3 -> new byte[] {0, 0, 0, (byte) size};
                default -> new byte[0];
            };
            assertThat(Arrays.copyOf(message, headerBytes)).isEqualTo(header);
            bench.sendsText(tts("start")).sendsFrame(0x82, message).sendsText(tts("stop"));
            assertThat(bench.events).contains(new DeviceEvent.AudioReceived(1, size, 0));
        }
    }

    @Test
    void keepsAudioOnlyWhileSpeakingAndFortyPacketsAhead() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.sendsFrame(0x82, new byte[10]).sendsText(tts("start"));
            for (int packet = 0; packet < 45; packet++) {
                bench.sendsFrame(0x82, new byte[10]);
            }
            bench.after(Duration.ofMillis(120)); // two packets have been played
            for (int packet = 0; packet < 3; packet++) {
                bench.sendsFrame(0x82, new byte[10]);
            }
            bench.sendsText(tts("stop"));
            assertThat(bench.events).contains(new DeviceEvent.AudioReceived(42, 420, 1 + 5 + 1));
        }
    }

    @Test
    void theUserLosesPatience() {
        UserPolicy policy = UserPolicy.none().withReplyPatience(Duration.ofSeconds(5));
        try (Bench bench = new Bench(config().withUserPolicy(policy)).online()) {
            CompletableFuture<TurnOutcome> turn = bench.device.talk(Duration.ofMillis(60));
            bench.after(Duration.ofMillis(60 + 3000)).sendsText("{\"type\":\"stt\",\"text\":\"hi\"}");
            bench.after(Duration.ofMillis(4999));
            assertThat(turn).isNotDone();
            bench.after(Duration.ofMillis(1));
            assertThat(turn)
                    .isCompletedWithValue(new TurnOutcome.Failed(FailureReason.NO_REPLY, Duration.ofMillis(8060)));
        }
    }

    @Test
    void aTurnFailsWithTheChannel() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            CompletableFuture<TurnOutcome> turn = bench.device.talk(Duration.ofSeconds(1));
            bench.after(Duration.ofMillis(500)).sendsRst();
            assertThat(turn)
                    .isCompletedWithValue(
                            new TurnOutcome.Failed(FailureReason.CONNECTION_LOST, Duration.ofMillis(500)));
            assertThat(bench.console()).contains("E EspTcp: TCP receive failed: -1", "I WS: Websocket disconnected");
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CONNECTION_LOST, "0x68"));
            assertThat(bench.device.state()).isEqualTo(DeviceState.IDLE);
            bench.after(Duration.ofSeconds(60));
            assertThat(bench.dials).as("the firmware does not reconnect").isEqualTo(1);
        }
    }

    @Test
    void withoutAChannelATurnFailsAtOnce() {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            assertThat(bench.device.talk(Duration.ofSeconds(1)))
                    .isCompletedWithValue(new TurnOutcome.Failed(FailureReason.CHANNEL_NOT_OPEN, Duration.ZERO));
        }
    }

    @Test
    void talkingIntoTheReplyAbortsIt() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.sendsText(tts("start"));
            bench.device.talk(Duration.ofMillis(60));
            assertThat(bench.receivesFrames())
                    .containsExactly(
                            "1:{\"session_id\":\"s-1\",\"type\":\"abort\",\"reason\":\"wake_word_detected\"}",
                            LISTEN_START);
        }
    }

    @Test
    void answersPingsUpTo125Bytes() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.sendsFrame(0x89, new byte[] {'h', 'i'}).sendsFrame(0x89, new byte[126]);
            assertThat(bench.receivesFrames()).containsExactly("10:hi");
            assertThat(bench.events).contains(new DeviceEvent.PongSent(2));
        }
    }

    @Test
    void closingDropsTheConnectionWithoutACloseFrame() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.device.closeChannel();
            assertThat(bench.receivesFrames()).isEmpty();
            assertThat(bench.wire().isOpen()).isFalse();
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CLOSED_BY_USER, null));
        }
    }

    @Test
    void unknownMessagesAndAlertsAreLogged() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.sendsText("{\"type\":\"weather\"}")
                    .sendsText("{\"type\":\"alert\",\"status\":\"a\"}")
                    .sendsText("{\"type\":\"alert\",\"status\":\"Warning\",\"message\":\"low\",\"emotion\":\"sad\"}");
            assertThat(bench.console())
                    .containsSubsequence(
                            "W Application: Unknown message type: weather",
                            "W Application: Alert command requires status, message and emotion",
                            "W Application: Alert [sad] Warning: low");
        }
    }

    @Test
    void answersMcp() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.sendsText(
                            "{\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"method\":\"initialize\",\"id\":1,\"params\":{}}}")
                    .sendsText(
                            "{\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}}")
                    .sendsText("{\"type\":\"mcp\",\"payload\":\"not an object\"}");
            assertThat(bench.receivesFrames())
                    .containsExactly(
                            "1:{\"session_id\":\"s-1\",\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"id\":1,"
                                    + "\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
                                    + "\"serverInfo\":{\"name\":\"fieldloop\",\"version\":\"2.4.2\"}}}}");
        }
    }
}
