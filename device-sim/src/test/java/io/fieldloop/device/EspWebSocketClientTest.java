package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.DeviceProfile;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** esp_websocket_client 1.8.0 with its defaults (espressif/esp-protocols), over transport_ws.c of ESP-IDF 5.5.1. */
class EspWebSocketClientTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final byte[] EMPTY = {};

    private static Bench online() {
        return new Bench("esp-idf-websocket").online();
    }

    private static Bench asking(String profile) {
        Bench bench = new Bench(profile);
        bench.device.openChannel();
        bench.receivesText();
        return bench;
    }

    private static Bench redirected(Bench bench, int status, String location) {
        return bench.sends("HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\n\r\n");
    }

    /** WEBSOCKET_PING_INTERVAL_SEC 10. */
    @Test
    void pingsEveryTenSeconds() {
        try (Bench bench = online()) {
            for (int ping = 0; ping < 30; ping++) {
                assertThat(bench.after(TEN_SECONDS).receivesFrames()).containsExactly("9:");
                bench.sendsFrame(0x8A, EMPTY);
            }
            assertThat(bench.kinds()).doesNotContain("offline");
        }
    }

    /** WEBSOCKET_PINGPONG_TIMEOUT_SEC 120, counted from the first ping that stays unanswered. */
    @Test
    void givesUpWithoutAPongForTwoMinutes() {
        try (Bench bench = online()) {
            bench.after(Duration.ofMillis(129_900));
            assertThat(bench.kinds()).doesNotContain("offline");
            bench.after(Duration.ofMillis(100));
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.PONG_TIMEOUT, null));
            assertThat(bench.wire().isOpen()).isFalse();
            assertThat(bench.console())
                    .containsSubsequence(
                            "E websocket_client: Error, no PONG received for more than 120 seconds after PING",
                            "I websocket_client: Reconnect after 10000 ms");
        }
    }

    @Test
    void aPongInTimeStartsTheTwoMinutesAnew() {
        try (Bench bench = online()) {
            bench.after(Duration.ofSeconds(125)).sendsFrame(0x8A, EMPTY).after(Duration.ofSeconds(100));
            assertThat(bench.kinds()).doesNotContain("offline");
        }
    }

    @Test
    void theFirmwareOfXiaozhiPingsNobody() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            assertThat(bench.after(Duration.ofMinutes(10)).receivesFrames()).isEmpty();
        }
    }

    /** WEBSOCKET_RECONNECT_TIMEOUT_MS 10000, after the end of a connection and after an attempt that failed. */
    @Test
    void comesBackByItselfAfterTenSeconds() {
        try (Bench bench = online().sendsFin()) {
            assertThat(bench.events).contains(new DeviceEvent.ReconnectScheduled(TEN_SECONDS));
            assertThat(bench.after(Duration.ofMillis(9_999)).dials).isEqualTo(1);
            assertThat(bench.after(Duration.ofMillis(1)).dials).isEqualTo(2);
            bench.sendsFin();
            assertThat(bench.after(TEN_SECONDS).dials)
                    .as("after a failure as well")
                    .isEqualTo(3);
        }
    }

    /** {@code close_reconnect} is off: WEBSOCKET_STATE_CLOSING ends the client's task. */
    @Test
    void staysAwayAfterACloseFrame() {
        try (Bench bench = online().sendsFrame(0x88, EMPTY)) {
            assertThat(bench.after(Duration.ofMinutes(1)).dials).isEqualTo(1);
        }
    }

    @Test
    void aUserPolicyGoesBeforeTheClientsOwn() {
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named("esp-idf-websocket"), Bench.URL)
                .withUserPolicy(new UserPolicy(Duration.ofSeconds(3), Duration.ZERO, 1));
        try (Bench bench = new Bench(config).online().sendsFin()) {
            assertThat(bench.after(Duration.ofSeconds(3)).dials).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectSince1_6(int status) {
        try (Bench bench = redirected(asking("esp-idf-websocket"), status, "ws://elsewhere.test:9000/other/")) {
            assertThat(bench.dialled).isEqualTo("elsewhere.test:9000");
            assertThat(bench.console()).contains("I websocket_client: Redirecting to ws://elsewhere.test:9000/other/");
            assertThat(bench.receivesText()).as("the path stays").startsWith("GET /xiaozhi/v1/ HTTP/1.1\r\n");
        }
    }

    /** esp_websocket_client_task() connects the transport it chose at its start, so the scheme stays too, and with it the port of none. */
    @Test
    void aRedirectToWssIsFollowedWithoutTls() {
        try (Bench bench = redirected(asking("esp-idf-websocket"), 301, "wss://gateway.test/xiaozhi/v1/")) {
            assertThat(bench.dialled).isEqualTo("gateway.test:80");
            assertThat(bench.receivesText()).startsWith("GET /xiaozhi/v1/ HTTP/1.1\r\n");
        }
    }

    @Test
    void theNextAttemptGoesWhereTheRedirectLed() {
        try (Bench bench = redirected(asking("esp-idf-websocket"), 301, "ws://elsewhere.test:9000/")) {
            bench.sendsFin().after(TEN_SECONDS);
            assertThat(bench.dialled).isEqualTo("elsewhere.test:9000");
            assertThat(bench.dials).isEqualTo(3);
        }
    }

    @Test
    void aCircleOfRedirectsEndsAsOne() {
        try (Bench bench = new Bench("esp-idf-websocket")) {
            var outcome = bench.device.openChannel();
            for (int redirect = 0; redirect <= 10; redirect++) {
                redirected(bench, 301, Bench.URL);
            }
            assertThat(bench.dials).isEqualTo(11);
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.REDIRECT_LOOP);
            assertThat(bench.console()).contains("I Application: Attempt given up after redirect upon redirect");
        }
    }

    @Test
    void aRedirectIsARefusalBefore1_6AndForXiaozhi() {
        for (String profile : List.of("esp-idf-websocket-1.5", "xiaozhi-wifi")) {
            try (Bench bench = new Bench(profile)) {
                var outcome = bench.device.openChannel();
                redirected(bench, 301, Bench.URL);
                assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.UPGRADE_REFUSED);
                assertThat(bench.dials).isEqualTo(1);
            }
        }
    }

    /** The client knows the status: it logs it beside the header it misses. */
    @ParameterizedTest
    @CsvSource({
        "401, upgrade-refused, Sec-WebSocket-Accept not found",
        "302, upgrade-refused, Location header not found",
        "101, accept-missing, Sec-WebSocket-Accept not found"
    })
    void aRefusalIsKnownAsOneByItsStatus(int status, String reason, String line) {
        try (Bench bench = new Bench("esp-idf-websocket")) {
            var outcome = bench.device.openChannel();
            bench.sends("HTTP/1.1 " + status + " Anything\r\n\r\n");
            ConnectOutcome.Failed failed = bench.failure(outcome);
            assertThat(failed.reason().wireName()).isEqualTo(reason);
            assertThat(bench.console()).contains("E transport_ws: " + line);
            assertThat(bench.console()).anyMatch(text -> text.contains("esp_ws_handshake_status_code=" + status));
        }
    }

    /** get_http_status_code() takes three characters behind the first blank, and only minus one is none. */
    @Test
    void twoBlanksBeforeTheStatusPass() {
        try (Bench bench = new Bench("esp-idf-websocket")) {
            bench.device.openChannel();
            String accept = Bench.acceptFor(bench.receivesText());
            bench.sends("HTTP/1.1  101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n");
            assertThat(bench.kinds()).contains("upgraded");
        }
    }

    /** ws_connect() gives network_timeout_ms to each read of the answer. */
    @Test
    void theLimitForTheAnswerBeginsAnewWithEveryPiece() {
        try (Bench idf = asking("esp-idf-websocket");
                Bench xiaozhi = asking("xiaozhi-wifi")) {
            for (String piece : Collections.nCopies(5, "H")) {
                idf.sends(piece).after(Duration.ofSeconds(9));
            }
            xiaozhi.sends("H").after(Duration.ofSeconds(9)).sends("T").after(Duration.ofSeconds(1));
            assertThat(xiaozhi.kinds()).contains("refused");
            assertThat(idf.kinds()).doesNotContain("refused");
            assertThat(idf.after(Duration.ofSeconds(1)).kinds()).contains("refused");
        }
    }
}
