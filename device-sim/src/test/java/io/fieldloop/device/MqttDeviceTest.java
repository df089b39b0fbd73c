package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.mqtt.MqttSession;
import io.fieldloop.device.mqtt.MqttSettings;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A xiaozhi device on MQTT and UDP; lines and times as in xiaozhi-esp32 2.4.2, main/protocols/mqtt_protocol.cc. */
class MqttDeviceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String HELLO = "device-server {\"type\":\"hello\",\"version\":3,\"transport\":\"udp\","
            + "\"features\":{\"mcp\":true,\"glyph_push\":false},\"audio_params\":{\"format\":\"opus\","
            + "\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    private static final String GOODBYE = "device-server {\"session_id\":\"s-1\",\"type\":\"goodbye\"}";

    @Test
    void connectsAtBootAndStaysConnectedWithoutAChannel() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            assertThat(bench.console())
                    .containsExactly(
                            "I MQTT: Connecting to endpoint gateway.test:1883", "I MQTT: Connected to endpoint");
            bench.after(Duration.ofMinutes(2));
            assertThat(bench.packets()).containsExactly("PINGREQ");
            bench.sends("d000").after(Duration.ofMinutes(2));
            assertThat(bench.packets()).containsExactly("PINGREQ");
            assertThat(bench.wire().isActive()).isTrue();
        }
    }

    @Test
    void subscribesToNothingAndOpensAChannelByAHello() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            assertThat(bench.packets()).containsExactly(HELLO);
            bench.after(SECOND).publishes(MqttBench.hello("s-1"));
            assertThat(outcome.join()).isEqualTo(new ConnectOutcome.Online(SECOND, "s-1", Duration.ZERO, null, SECOND));
            assertThat(bench.voiceDialled).isEqualTo("voice.test:8884");
        }
    }

    @Test
    void voiceGoesOutEncryptedWithSequencesFromOne() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.device.talk(Duration.ofMillis(120));
            bench.after(SECOND);
            assertThat(bench.packets())
                    .containsExactly(
                            "device-server {\"session_id\":\"s-1\",\"type\":\"listen\",\"state\":\"start\",\"mode\":\"auto\"}");
            assertThat(bench.datagrams())
                    .hasSize(2)
                    .allMatch(datagram -> datagram.startsWith("0100"))
                    .extracting(datagram -> datagram.substring(8, 32))
                    .containsExactly("deadbeef0000000000000001", "deadbeef0000000000000002");
        }
    }

    @Test
    void aPingWithoutAnswerEndsTheConnection() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            bench.after(Duration.ofMinutes(4));
            assertThat(bench.wire().isActive()).isFalse();
            assertThat(bench.console())
                    .contains(
                            "E mqtt_client: No PING_RESP, disconnected",
                            "I MQTT: MQTT disconnected, schedule reconnect in 60 seconds");
        }
    }

    @Test
    void aFirstConnectThatFailsSchedulesNoTimer() {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").failingNetwork(new ConnectException())) {
            bench.device.start();
            bench.after(SECOND).goodNetwork().after(Duration.ofHours(1));
            assertThat(bench.dials).isEqualTo(1);
            assertThat(bench.console())
                    .containsExactly(
                            "I MQTT: Connecting to endpoint gateway.test:1883",
                            "W Ml307Mqtt: MQTT error occurred: Disconnected: Network error",
                            "E Ml307Mqtt: Failed to connect to MQTT broker",
                            "E MQTT: Failed to connect to endpoint, code=6",
                            "W Application: Alert [circle_xmark] Error: Unable to connect to service, please try again later");
        }
    }

    @Test
    void onWifiTheClientBelowTriesAgainByItselfEveryTenSeconds() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").failingNetwork(new ConnectException())) {
            bench.device.start();
            assertThat(bench.console()).contains("E MQTT: Failed to connect to endpoint, code=32772");
            bench.after(SECOND.multipliedBy(10)).goodNetwork();
            assertThat(bench.dials).isEqualTo(2);
            bench.after(SECOND.multipliedBy(10)).sends(MqttBench.CONNACK);
            assertThat(bench.kinds()).last().isEqualTo("mqtt-connected");
            bench.device.openChannel();
            assertThat(bench.packets()).contains(HELLO);
        }
    }

    @Test
    void aLostConnectionIsTriedAgainOnceAMinuteLater() {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").connected()) {
            bench.silentNetwork().wire().close();
            bench.afterCommands(bench.device);
            assertThat(bench.console()).endsWith("I MQTT: MQTT disconnected, schedule reconnect in 60 seconds");
            bench.after(SECOND.multipliedBy(59));
            assertThat(bench.dials).isEqualTo(1);
            bench.after(SECOND.plusMillis(100));
            assertThat(bench.dials).isEqualTo(2);
            assertThat(bench.console())
                    .contains("I MQTT: Reconnecting to MQTT server", "W MQTT: Mqtt client already started");
            bench.after(Duration.ofHours(1));
            assertThat(bench.dials).isEqualTo(2);
        }
    }

    @Test
    void aTimerThatFindsTheDeviceBusyIsLost() {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").online()) {
            bench.device.talk(Duration.ofMinutes(2));
            bench.after(SECOND).wire().close();
            bench.after(Duration.ofMinutes(5));
            assertThat(bench.dials).isEqualTo(1);
        }
    }

    @Test
    void theChannelOutlivesTheConnectionUntilSomethingIsToBeSaid() {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").online()) {
            bench.wire().close();
            bench.afterCommands(bench.device);
            assertThat(bench.kinds()).doesNotContain("offline");
            bench.speaks("01000003deadbeef0000000000000001b1cabe");
            bench.device.talk(SECOND);
            bench.after(SECOND);
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CONNECTION_LOST, null));
            assertThat(bench.console())
                    .contains("W Application: Alert [circle_xmark] Error: Sending failed, please check the network");
        }
    }

    @Test
    void openingWhileDownConnectsAtOnceAndTakesTwentySecondsAtTheWorst() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi")) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            assertThat(bench.console()).contains("I MQTT: MQTT is not connected, try to connect now");
            bench.after(SECOND.multipliedBy(9)).sends(MqttBench.CONNACK).after(SECOND.multipliedBy(10));
            ConnectOutcome.Failed failed = bench.failure(outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.HELLO_TIMEOUT);
            assertThat(failed.elapsed()).hasSeconds(19);
            assertThat(bench.console()).contains("E MQTT: Failed to receive server hello");
        }
    }

    @Test
    void anUnansweredConnectEndsAfterTenSecondsAndASuccessAfterThatCountsAllTheSame() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi")) {
            bench.silentNetwork();
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(SECOND.multipliedBy(10));
            ConnectOutcome.Failed failed = bench.failure(outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.TCP_TIMEOUT);
            assertThat(failed.code()).isEqualTo("0x8006");
            bench.goodNetwork().after(SECOND.multipliedBy(10)).sends(MqttBench.CONNACK);
            assertThat(bench.kinds()).last().isEqualTo("mqtt-connected");
        }
    }

    @Test
    void aUserWhoIsFasterThanTheBootWaitsForIt() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi")) {
            CompletableFuture<Void> ready = bench.device.start();
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(SECOND);
            assertThat(bench.packets()).containsExactly("CONNECT");
            assertThat(ready).isNotDone();
            bench.sends(MqttBench.CONNACK);
            assertThat(ready).isDone();
            assertThat(bench.packets()).containsExactly(HELLO);
            assertThat(bench.dials).isEqualTo(1);
            bench.publishes(MqttBench.hello("s-1"));
            assertThat(outcome).isDone();
        }
    }

    @Test
    void aRefusalIsToldByItsReturnCodeInTheWordsOfEitherLibrary() {
        for (String profile : new String[] {"xiaozhi-wifi", "xiaozhi-wifi-net-3.7"}) {
            try (MqttBench bench = new MqttBench(profile)) {
                CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
                bench.sends("20020005");
                ConnectOutcome.Failed failed = bench.failure(outcome);
                assertThat(failed.reason()).isEqualTo(FailureReason.CONNECT_REFUSED);
                assertThat(failed.phase()).isEqualTo(Phase.MQTT);
                assertThat(failed.status()).isEqualTo(5);
                assertThat(bench.console())
                        .contains(
                                "W mqtt_client: Connection refused, not authorized",
                                profile.equals("xiaozhi-wifi")
                                        ? "E MQTT: Failed to connect to endpoint, code=0"
                                        : "E MQTT: Failed to connect to endpoint: Authentication rejected (auth_rejected)");
            }
        }
    }

    @Test
    void aCutRightAfterConnack0IsALossNotARefusal() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            bench.wire().close();
            assertThat(bench.console())
                    .containsSubsequence(
                            "I MQTT: Connected to endpoint",
                            "E mqtt_client: esp_mqtt_handle_transport_read_error: transport_read(): EOF",
                            "I MQTT: MQTT disconnected, schedule reconnect in 60 seconds");
        }
    }

    @Test
    void whatTheServerOfAHelloSaysWrongIsToldAndEndsInATimeout() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.publishes("{\"type\":\"hello\",\"transport\":\"websocket\"}")
                    .publishes("{\"type\":\"hello\",\"transport\":\"udp\",\"session_id\":\"s\"}")
                    .publishes(MqttBench.hello("s").replace("8884", "0"))
                    .publishes(MqttBench.hello("s").replace(MqttBench.KEY, "00112233"))
                    .publishes("nonsense")
                    .publishes("{\"type\":1}")
                    .after(SECOND.multipliedBy(10));
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.HELLO_TIMEOUT);
            assertThat(bench.console())
                    .contains(
                            "E MQTT: Unsupported or missing transport",
                            "E MQTT: UDP is not specified",
                            "E MQTT: Invalid UDP server, port, key, or nonce",
                            "E MQTT: Invalid AES key or nonce length",
                            "E MQTT: Failed to parse json message nonsense",
                            "E MQTT: Message type is invalid");
        }
    }

    @Test
    void aPlaceForVoiceThatDoesNotResolveFailsWithoutAnAlert() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            CompletableFuture<ConnectOutcome> outcome = bench.failingVoice(new UnknownHostException("voice.test"))
                    .device
                    .openChannel();
            bench.publishes(MqttBench.hello("s-1"));
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.VOICE_UNREACHABLE);
            assertThat(bench.console())
                    .endsWith(
                            "E EspUdp: Failed to get host by name",
                            "E MQTT: Failed to connect UDP audio channel",
                            "I StateMachine: State: connecting -> idle");
        }
    }

    @Test
    void withoutATopicNoHelloIsSaidAndNobodyIsTold() {
        MqttSettings silent = new MqttSettings("gateway.test:1883", "id", "", "", 240, "", MqttSession.NONE);
        try (MqttBench bench = new MqttBench("xiaozhi-wifi", silent).connected()) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.NOT_CONFIGURED);
            assertThat(bench.packets()).isEmpty();
            assertThat(bench.console()).noneMatch(line -> line.contains("Alert"));
        }
    }

    @Test
    void aGoodbyeClosesTheChannelOnlyWithItsSessionId() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.publishes("{\"type\":\"goodbye\"}").publishes("{\"type\":\"goodbye\",\"session_id\":\"other\"}");
            assertThat(bench.kinds()).doesNotContain("offline");
            bench.publishes("{\"type\":\"goodbye\",\"session_id\":\"s-1\"}");
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CLOSED_BY_SERVER, null));
            assertThat(bench.console())
                    .contains(
                            "I MQTT: Received goodbye message, session_id: null",
                            "I MQTT: Closing audio channel, send_goodbye: 0");
            assertThat(bench.packets()).isEmpty();
            assertThat(bench.wire().isActive()).isTrue();
        }
    }

    @Test
    void before23AGoodbyeWithoutSessionIdClosesTooAndIsAnswered() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi-2.2").online()) {
            bench.publishes("{\"type\":\"goodbye\"}");
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CLOSED_BY_SERVER, null));
            assertThat(bench.packets()).containsExactly(GOODBYE);
        }
    }

    @Test
    void theUserSaysGoodbyeAndAChannelThatTimedOutIsLeftWithoutAWord() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.device.closeChannel();
            assertThat(bench.packets()).containsExactly(GOODBYE);
        }
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.after(SECOND.multipliedBy(121));
            bench.packets();
            bench.device.openChannel();
            assertThat(bench.console()).contains("E Protocol: Channel timeout 121 seconds");
            assertThat(bench.packets()).containsExactly(HELLO);
        }
    }

    @Test
    void aSecondHelloRekeysTheSocketThatIsOpen() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.device.talk(Duration.ofMillis(60));
            bench.after(SECOND).datagrams();
            bench.publishes(MqttBench.hello("s-2")
                    .replace("voice.test", "elsewhere.test")
                    .replace("deadbeef", "cafebabe"));
            bench.voiceDialled = "";
            bench.device.talk(Duration.ofMillis(60));
            bench.after(SECOND);
            assertThat(bench.datagrams())
                    .hasSize(1)
                    .allMatch(datagram -> datagram.substring(8, 32).equals("cafebabe0000000000000001"));
            assertThat(bench.voiceDialled).isEmpty();
            assertThat(bench.packets()).last().asString().contains("\"session_id\":\"s-2\"");
        }
    }

    @Test
    void mcpIsAnsweredBeforeAnyHello() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").connected()) {
            bench.publishes(
                    "{\"type\":\"mcp\",\"payload\":{\"jsonrpc\":\"2.0\",\"method\":\"initialize\",\"id\":10000}}");
            assertThat(bench.packets())
                    .singleElement()
                    .asString()
                    .startsWith("device-server {\"session_id\":\"\",\"type\":\"mcp\",\"payload\":{")
                    .contains("\"id\":10000");
        }
    }

    @Test
    void datagramsAreTakenOnlyAsTheFirmwareTakesThem() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.device.talk(Duration.ofMillis(60));
            bench.after(SECOND).publishes("{\"type\":\"tts\",\"state\":\"start\"}");
            bench.speaks("01000003deadbeef0000000000000001b1cabe") // sequence 1
                    .speaks("01000003deadbeef0000000000000001b1cabe") // again
                    .speaks("01000003deadbeef0000000000000004b1cabe") // 2 and 3 are missing
                    .speaks("01000004deadbeef0000000000000005b1cabe") // a byte short
                    .speaks("02000003deadbeef0000000000000005b1cabe") // not audio
                    .speaks("01000003deadbeef00000000000000"); // less than a header
            bench.publishes("{\"type\":\"tts\",\"state\":\"stop\"}");
            assertThat(bench.console())
                    .contains(
                            "W MQTT: Received duplicate/old audio sequence: 1, last: 1",
                            "W MQTT: Received audio packet with wrong sequence: 4, expected: 2",
                            "E MQTT: Audio payload length mismatch: header=4, datagram=3",
                            "E MQTT: Invalid audio packet type: 2",
                            "E MQTT: Invalid audio packet size: 15");
            assertThat(bench.events).contains(new DeviceEvent.AudioReceived(2, 6, 0), new DeviceEvent.VoiceGap(2));
        }
    }

    @Test
    void aRestartOfTheClientReadsItsSettingsAnew() {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").connected()) {
            bench.nvs.set("mqtt", "client_id", "bread-compact-wifi@@@02_00@@@02_00");
            bench.wire().close();
            bench.after(Duration.ofMinutes(1)).afterCommands(bench.device);
            assertThat(new String(bench.received(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("bread-compact-wifi@@@02_00@@@02_00");
        }
    }

    @Test
    void powerThatGoesTellsNobody() {
        try (MqttBench bench = new MqttBench("xiaozhi-wifi").online()) {
            bench.device.losePower();
            assertThat(bench.packets()).isEmpty();
            assertThat(bench.wire().isActive()).isFalse();
            bench.after(Duration.ofHours(1));
            assertThat(bench.dials).isEqualTo(1);
        }
    }

    /** Ml307Udp::Connect() up to 3.6 takes silence for success; since 3.7 it does not. */
    @Test
    void aModemThatSaysNothingOfItsSocketIsTakenForConnectedByOldLibrariesOnly() {
        try (MqttBench old = new MqttBench("xiaozhi-ml307").silentVoice().connected();
                MqttBench fresh =
                        new MqttBench("xiaozhi-ml307-net-3.7").silentVoice().connected()) {
            CompletableFuture<ConnectOutcome> ghost = old.device.openChannel();
            CompletableFuture<ConnectOutcome> failed = fresh.device.openChannel();
            old.publishes(MqttBench.hello("s-1")).after(Duration.ofSeconds(12));
            fresh.publishes(MqttBench.hello("s-1")).after(Duration.ofSeconds(12));
            assertThat(ghost).isCompletedWithValueMatching(ConnectOutcome.Online.class::isInstance);
            old.device.talk(Duration.ofMillis(120));
            old.after(Duration.ofSeconds(1));
            assertThat(old.console()).contains("E Ml307Udp: Not connected");
            assertThat(old.datagrams()).isEmpty();
            assertThat(fresh.failure(failed).reason()).isEqualTo(FailureReason.VOICE_UNREACHABLE);
            assertThat(fresh.console()).contains("E Ml307Udp: Timeout connecting to voice.test:8884");
        }
    }
}
