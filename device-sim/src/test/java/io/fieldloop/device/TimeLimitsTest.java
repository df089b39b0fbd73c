package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.Dialect;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The waiting times of protocol reference 1.4, to the millisecond. */
class TimeLimitsTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    /** What a modem's commands take, whose limits begin behind them. */
    private static final Duration COMMANDS = Duration.ofMillis(50);

    private static Bench bench(String profile, String url) {
        return new Bench(DeviceConfig.of("bench", DeviceProfile.named(profile), url));
    }

    private static ConnectOutcome.Failed failsExactlyAfter(
            Bench bench, Duration limit, CompletableFuture<ConnectOutcome> outcome) {
        bench.after(limit.minus(MILLI));
        assertThat(outcome).isNotDone();
        bench.after(isModem(bench) ? COMMANDS : MILLI);
        return bench.failure(outcome);
    }

    private static boolean isModem(Bench bench) {
        return bench.device.config().profile().dialect() == Dialect.XIAOZHI_MODEM;
    }

    @ParameterizedTest
    @CsvSource({
        "xiaozhi-wifi, ws://h/, 18500, 0x74",
        "xiaozhi-wifi, wss://h/, 10000, 0x8006",
        "xiaozhi-ml307, ws://h/, 10000, 0",
        "xiaozhi-ml307, wss://h/, 10000, 0",
        "esp-idf-websocket, ws://h/, 10000, 0x8006",
        "esp-idf-websocket, wss://h/, 10000, 0x8006",
    })
    void givesUpABlackHole(String profile, String url, int millis, String code) {
        try (Bench bench = bench(profile, url).silentNetwork()) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            ConnectOutcome.Failed failed = failsExactlyAfter(bench, Duration.ofMillis(millis), outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.TCP_TIMEOUT);
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.phase()).isEqualTo(Phase.TCP);
            assertThat(failed.elapsed()).isEqualTo(Duration.ofMillis(millis));
            assertThat(bench.wire().isOpen())
                    .as("a modem goes on trying, since nobody tells it to stop")
                    .isEqualTo(isModem(bench));
        }
    }

    @Test
    void tlsLimitCountsSilenceNotTheLengthOfTheHandshake() {
        try (Bench bench = bench("xiaozhi-wifi", "wss://h/")) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(Duration.ofSeconds(9)).sends("\u0016"); // the first byte of a handshake record
            ConnectOutcome.Failed failed = failsExactlyAfter(bench, Duration.ofSeconds(10), outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.TLS_TIMEOUT);
            assertThat(failed.code()).isEqualTo("0x8006");
            assertThat(failed.phase()).isEqualTo(Phase.TLS);
            assertThat(failed.elapsed()).isEqualTo(Duration.ofSeconds(19));
        }
    }

    @Test
    void modemLimitCoversTcpAndTlsTogether() {
        try (Bench bench = bench("xiaozhi-ml307", "wss://h/")) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(Duration.ofSeconds(9)).sends("\u0016");
            ConnectOutcome.Failed failed = failsExactlyAfter(bench, Duration.ofSeconds(1), outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.TLS_TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-wifi", "xiaozhi-ml307", "strict-rfc6455"})
    void waitsTenSecondsForTheUpgradeResponse(String profile) {
        try (Bench bench = new Bench(profile)) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(Duration.ofSeconds(5)).sends("HTTP/1.1 101 Switching");
            ConnectOutcome.Failed failed = failsExactlyAfter(bench, Duration.ofSeconds(5), outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.UPGRADE_TIMEOUT);
            assertThat(failed.phase()).isEqualTo(Phase.UPGRADE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-wifi", "xiaozhi-ml307"})
    void firmwareDoesNotNoticeAConnectionThatEndsBeforeTheResponse(String profile) {
        for (boolean reset : new boolean[] {false, true}) {
            try (Bench bench = new Bench(profile)) {
                CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
                bench.after(Duration.ofMillis(20));
                if (reset) {
                    bench.sendsRst();
                } else {
                    bench.sendsFin();
                }
                ConnectOutcome.Failed failed =
                        failsExactlyAfter(bench, Duration.ofSeconds(10).minusMillis(20), outcome);
                assertThat(failed.reason()).isEqualTo(FailureReason.UPGRADE_TIMEOUT);
                assertThat(failed.text()).isEqualTo("WebSocket handshake timeout");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"esp-idf-websocket", "strict-rfc6455"})
    void othersNoticeItAtOnce(String profile) {
        try (Bench bench = new Bench(profile)) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(Duration.ofMillis(20)).sendsFin();
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.UPGRADE_EOF);
            assertThat(bench.failure(outcome).elapsed()).isEqualTo(Duration.ofMillis(20));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-wifi", "xiaozhi-ml307", "esp-idf-websocket", "strict-rfc6455"})
    void waitsTenSecondsForTheServerHello(String profile) {
        try (Bench bench = new Bench(profile)) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.after(Duration.ofSeconds(3)).acceptsUpgrade();
            ConnectOutcome.Failed failed = failsExactlyAfter(bench, Duration.ofSeconds(10), outcome);
            assertThat(failed.reason()).isEqualTo(FailureReason.HELLO_TIMEOUT);
            assertThat(failed.text()).isEqualTo("Failed to receive server hello");
            assertThat(failed.phase()).isEqualTo(Phase.HELLO);
            assertThat(failed.code()).isNull();
            assertThat(failed.elapsed())
                    .isBetween(
                            Duration.ofSeconds(13), isModem(bench) ? COMMANDS.plusSeconds(13) : Duration.ofSeconds(13));
        }
    }

    @Test
    void looksAtTheIdleChannelOnlyWhenItIsUsedAndInWholeSeconds() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.after(Duration.ofMillis(120_999));
            assertThat(bench.device.openChannel())
                    .as("120 s are not more than 120 s")
                    .isDone();
            assertThat(bench.dials).isEqualTo(1);
            bench.sendsFrame(0x89, new byte[0]); // a ping does not refresh the channel
            bench.after(MILLI);
            assertThat(bench.kinds()).as("nobody looks").doesNotContain("offline");
            assertThat(bench.device.talk(Duration.ofSeconds(1)))
                    .isCompletedWithValue(new TurnOutcome.Failed(FailureReason.CHANNEL_TIMEOUT, Duration.ZERO));
            assertThat(bench.console()).contains("E Protocol: Channel timeout 121 seconds");
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CHANNEL_TIMEOUT, null));
        }
    }

    @Test
    void anyMessageRefreshesTheChannelEvenOneThatCannotBeRead() {
        try (Bench bench = new Bench("xiaozhi-wifi").online()) {
            bench.after(Duration.ofSeconds(100)).sendsText("no json").after(Duration.ofSeconds(100));
            bench.device.openChannel();
            assertThat(bench.dials).isEqualTo(1);
        }
    }
}
