package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.device.event.ConnectOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/** Whatever a broker or a voice server sends, a device on MQTT makes something of it and can be used again. */
class MqttFuzzTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The first byte says how many bytes arrive at a time; 0 is all at once. */
    @FuzzTest(maxDuration = "10m")
    void bytesOfABroker(byte[] data) {
        if (data.length < 2) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        int chunk = (data[0] & 0xff) == 0 ? stream.length : data[0] & 0xff;
        try (MqttBench bench = new MqttBench("xiaozhi-ml307")) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            for (int at = 0; at < stream.length && bench.wire().isOpen(); at += chunk) {
                bench.sends(HEX.formatHex(stream, at, Math.min(stream.length, at + chunk)));
            }
            bench.after(Duration.ofSeconds(25));
            assertThat(outcome).isDone();
            assertUsableAgain(bench);
        }
    }

    /** Each line of an input is a message. */
    @FuzzTest(maxDuration = "10m")
    void messagesOfAServer(byte[] data) {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").connected()) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            for (String line : new String(data, java.nio.charset.StandardCharsets.ISO_8859_1).split("\n", 20)) {
                if (line.length() < 1000) {
                    bench.publishes(line).after(Duration.ofMillis(700));
                }
            }
            bench.after(Duration.ofSeconds(11));
            assertThat(outcome).isDone();
            assertUsableAgain(bench);
        }
    }

    /** The first byte of each piece is its length. */
    @FuzzTest(maxDuration = "10m")
    void datagramsOfAVoiceServer(byte[] data) {
        try (MqttBench bench = new MqttBench("xiaozhi-ml307").online()) {
            bench.device.talk(Duration.ofMillis(60));
            bench.after(Duration.ofSeconds(1)).publishes("{\"type\":\"tts\",\"state\":\"start\"}");
            for (int at = 0; at < data.length; at += 1 + (data[at] & 0xff)) {
                int end = Math.min(data.length, at + 1 + (data[at] & 0xff));
                bench.speaks(HEX.formatHex(data, at + 1, end));
            }
            bench.device.closeChannel();
            assertUsableAgain(bench);
        }
    }

    private static void assertUsableAgain(MqttBench bench) {
        bench.device.losePower();
        bench.received();
        bench.online();
    }
}
