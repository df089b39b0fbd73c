package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.OtaFailure;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.device.profile.DeviceProfile;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From power to ready, to the byte and to the second. */
class OtaBootTest {
    private static final Duration NETWORK = Duration.ofSeconds(3);
    private static final String OTA = "http://ota.test:8002/xiaozhi/ota/";

    private static Bench bench(OtaSettings settings) {
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-wifi"), Bench.URL)
                .withIds("11:22:33:44:55:66", "36c98363-3656-43cb-a00f-8bced2391a90")
                .withOta(settings);
        return new Bench(config);
    }

    /** It asks its modem first, splits at every comma, and writes what it gets as it is. */
    @Test
    void tellsOfItsModemWhatTheModemTellsIt() {
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-ml307"), Bench.URL)
                .withOta(OtaSettings.of(OTA))
                .withModem(new ModemSettings(
                        ModemKind.named("ml307"),
                        115_200,
                        115_200,
                        Map.of("operator", "Operator, Ltd"),
                        List.of(),
                        List.of()));
        try (Bench bench = new Bench(config)) {
            bench.device.start();
            bench.after(Duration.ofSeconds(4));

            assertThat(bench.receivesText())
                    .contains(
                            "\"revision\":\"ML307R-DL-MBRH0S01\",\"carrier\":\"Operato\",\"csq\":\"25\",\"imei\":\"860000000000000\","
                                    + "\"iccid\":\"89860000000000000000\",\"cereg\":{\"stat\":1,\"tac\":\"0000\",\"ci\":\"00000000\",\"AcT\":7}");
        }
    }

    /** Ml307Http looks headers up as they are written; the library's own client, also over a Quectel modem's socket, does not. */
    @ParameterizedTest
    @CsvSource({"ml307, Content-Length, false", "ml307, content-length, true", "ec801e, content-length, false"})
    void theLengthOfAnUpdateIsFoundWhereItsHeaderIsSpelt(String modem, String header, boolean missed) {
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-ml307"), Bench.URL)
                .withOta(OtaSettings.of(OTA))
                .withModem(ModemSettings.readyBefore(ModemKind.named(modem)));
        try (Bench bench = new Bench(config)) {
            bench.device.start();
            bench.after(Duration.ofSeconds(4))
                    .sends(answer("{\"firmware\":{\"version\":\"2.0.0\",\"url\":\"http://ota.test:8002/a.bin\"}}"));
            bench.after(Duration.ofSeconds(6)).sends("HTTP/1.1 200 OK\r\n" + header + ": 300\r\n\r\nx");
            bench.after(Duration.ofSeconds(1));

            assertThat(bench.dials).isEqualTo(2);
            assertThat(bench.console().contains("E Ota: Failed to get content length"))
                    .isEqualTo(missed);
        }
    }

    /** Host, then the headers by name, then what the client adds; all of it and the body in one send. */
    @Test
    void asksInTheFirmwaresOwnBytes() {
        OtaSettings board = OtaSettings.of(OTA).withSerialNumber("FL00000000000000000000000000000A", "00".repeat(32));
        try (Bench bench = bench(board)) {
            bench.device.start();
            bench.after(NETWORK);

            assertThat(bench.dialled).isEqualTo("ota.test:8002");
            String request = bench.receivesText();
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            assertThat(request)
                    .startsWith("POST /xiaozhi/ota/ HTTP/1.1\r\n"
                            + "Host: ota.test:8002\r\n"
                            + "Accept-Language: en-US\r\n"
                            + "Activation-Version: 2\r\n"
                            + "Client-Id: 36c98363-3656-43cb-a00f-8bced2391a90\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Device-Id: 11:22:33:44:55:66\r\n"
                            + "Serial-Number: FL00000000000000000000000000000A\r\n"
                            + "User-Agent: bread-compact-wifi/1.0.0\r\n"
                            + "Content-Length: " + body.length() + "\r\n"
                            + "Connection: close\r\n\r\n"
                            + "{\"version\":2,\"language\":\"en-US\",\"flash_size\":16777216,\"minimum_free_heap_size\":\"8318916\","
                            + "\"mac_address\":\"11:22:33:44:55:66\",\"uuid\":\"36c98363-3656-43cb-a00f-8bced2391a90\","
                            + "\"chip_model_name\":\"esp32s3\",\"chip_info\":{\"model\":9,")
                    .contains(
                            "\"partition_table\": [{\"label\":\"nvs\",\"type\":1,\"subtype\":2,\"address\":36864,\"size\":16384},")
                    .endsWith(
                            "\"ota\":{\"label\":\"ota_0\"},\"display\":{\"monochrome\":false,\"width\":0,\"height\":0},"
                                    + "\"board\":{\"type\":\"bread-compact-wifi\",\"name\":\"bread-compact-wifi\",\"manufacturer\":\"fieldloop\","
                                    + "\"ssid\":\"fieldloop\",\"rssi\":-55,\"channel\":6,\"ip\":\"192.168.1.15\",\"mac\":\"11:22:33:44:55:66\"}}");
        }
    }

    @Test
    void waitsNineTimesAndIsReadyAfter5110Seconds() {
        try (Bench bench = bench(OtaSettings.of(OTA)).failingNetwork(new ConnectException())) {
            CompletableFuture<Void> ready = bench.device.start();
            bench.after(NETWORK.plusSeconds(5110).minusMillis(1));
            assertThat(ready).isNotDone();
            bench.after(Duration.ofMillis(1));

            assertThat(ready).isDone();
            assertThat(bench.dials).isEqualTo(10);
            assertThat(bench.events(DeviceEvent.OtaRetryScheduled.class))
                    .extracting(DeviceEvent.OtaRetryScheduled::in)
                    .map(Duration::toSeconds)
                    .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L);
            assertThat(bench.events(DeviceEvent.OtaGivenUp.class)).hasSize(1);
            assertThat(bench.device.state()).isEqualTo(DeviceState.IDLE);
        }
    }

    /** Pressed 4.5 s into the first wait, which ends with its fifth second; eight more of one second each follow. */
    @Test
    void aPressEndsTheWaitWithItsSecondAndMakesTheOthersOneSecondLong() {
        try (Bench bench = bench(OtaSettings.of(OTA)).failingNetwork(new ConnectException())) {
            CompletableFuture<Void> ready = bench.device.start();
            bench.after(NETWORK.plusMillis(4500));
            bench.device.pressButton();
            bench.after(Duration.ofMillis(499));
            assertThat(bench.dials).isEqualTo(1);
            bench.after(Duration.ofMillis(1));
            assertThat(bench.dials).isEqualTo(2);
            bench.after(Duration.ofSeconds(8));
            assertThat(bench.dials).isEqualTo(10);
            assertThat(ready).isDone();
        }
    }

    @Test
    void doesNotNoticeTheEndOfAConnectionBeforeTheStatus() {
        try (Bench bench = bench(OtaSettings.of(OTA))) {
            bench.device.start();
            bench.after(NETWORK);
            bench.wire().close();
            bench.after(Duration.ofMillis(29_999));
            assertThat(bench.events(DeviceEvent.OtaCheckFailed.class)).isEmpty();
            bench.after(Duration.ofMillis(1));
            DeviceEvent.OtaCheckFailed failed =
                    bench.events(DeviceEvent.OtaCheckFailed.class).get(0);
            assertThat(failed.why()).isEqualTo(OtaFailure.NO_STATUS);
            assertThat(failed.code()).isEqualTo(-1);
            assertThat(failed.elapsed()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void goesWhereItWasTold() {
        try (Bench bench = bench(OtaSettings.of(OTA))) {
            CompletableFuture<Void> ready = bench.device.start();
            bench.after(NETWORK).sends(answer("{\"websocket\":{\"url\":\"ws://other.test:9000/a\",\"token\":\"t\"}}"));

            assertThat(ready).isDone();
            bench.device.openChannel();
            assertThat(bench.dialled).isEqualTo("other.test:9000");
            assertThat(bench.receivesText()).startsWith("GET /a HTTP/1.1\r\n").contains("Authorization: Bearer t\r\n");
        }
    }

    /** The client waits for room and its reader for the end, both for one mutex. */
    @Test
    void hangsOnAnAnswerOf8KiB() {
        try (Bench bench = bench(OtaSettings.of(OTA))) {
            CompletableFuture<Void> ready = bench.device.start();
            bench.after(NETWORK).sends(answer("{\"x\":\"" + "x".repeat(8200) + "\"}"));
            bench.after(Duration.ofHours(2));
            assertThat(ready).isNotDone();
            assertThat(bench.dials).isEqualTo(1);
            assertThat(bench.events(DeviceEvent.OtaCheckFailed.class)).isEmpty();
        }
    }

    @Test
    void losesItsPlaceInTheLadderWithItsPower() {
        try (Bench bench = bench(OtaSettings.of(OTA)).failingNetwork(new ConnectException())) {
            bench.device.start();
            bench.after(NETWORK.plusSeconds(31));
            assertThat(bench.dials).isEqualTo(3);
            bench.device.losePower();
            bench.after(Duration.ofHours(1));
            assertThat(bench.dials).isEqualTo(3);
            bench.device.start();
            bench.after(NETWORK);
            assertThat(bench.events(DeviceEvent.OtaCheckBegan.class))
                    .extracting(DeviceEvent.OtaCheckBegan::attempt)
                    .containsExactly(1, 2, 3, 1);
        }
    }

    /** A CONNACK, then a PUBLISH of 39 bytes to the topic x. */
    @Test
    void asksAgainWhenTheServerOrdersAReboot() {
        try (Bench bench = bench(OtaSettings.of(OTA))) {
            bench.device.start();
            bench.after(NETWORK)
                    .sends(answer("{\"mqtt\":{\"endpoint\":\"broker.test:1883\",\"client_id\":\"c\",\"username\":\"\","
                            + "\"password\":\"\",\"publish_topic\":\"t\"}}"));
            assertThat(bench.dialled).isEqualTo("broker.test:1883");
            bench.sends(" \2\0\0");
            assertThat(bench.device.state()).isEqualTo(DeviceState.IDLE);
            bench.receivesText();
            bench.sends("0'\0\1x{\"type\":\"system\",\"command\":\"reboot\"}");
            bench.after(Duration.ofMillis(999));
            assertThat(bench.receivesText())
                    .as("DISCONNECT, whose E0 is no UTF-8")
                    .isEqualTo("\ufffd\u0000");
            assertThat(bench.events(DeviceEvent.FirmwareStarted.class)).hasSize(1);
            CompletableFuture<Void> ready = bench.device.start();
            bench.after(Duration.ofMillis(1));
            assertThat(bench.events(DeviceEvent.FirmwareStarted.class)).hasSize(2);
            bench.after(NETWORK);
            assertThat(bench.dialled).isEqualTo("ota.test:8002");
            assertThat(ready).isNotDone();
        }
    }

    private static String answer(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length()
                + "\r\nConnection: close\r\n\r\n" + json;
    }
}
