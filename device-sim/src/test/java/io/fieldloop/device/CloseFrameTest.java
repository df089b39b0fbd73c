package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What each client does when the server says close, or says what cannot be read. */
class CloseFrameTest {

    private static final byte[] GOING_AWAY = {3, (byte) 0xE9}; // 1001

    private static Bench closed(String profile) {
        return new Bench(profile).online().sendsFrame(0x88, GOING_AWAY);
    }

    /** 78/esp-ml307 3.6.6 web_socket.cc: case 0x8 calls on_disconnected_ only; the socket goes with the WebSocket object. */
    @Test
    void xiaozhiIsIdleAndLeavesTheConnectionOpenUntilTheNextOpen() {
        try (Bench bench = closed("xiaozhi-wifi")) {
            assertThat(bench.receivesFrames()).isEmpty();
            assertThat(bench.events).contains(new DeviceEvent.Offline(FailureReason.CLOSED_BY_SERVER, null));
            bench.after(Duration.ofMinutes(5)).sendsFrame(0x89, new byte[] {'h', 'i'});
            assertThat(bench.receivesFrames()).as("pings are answered still").containsExactly("10:hi");
            var left = bench.wire();
            assertThat(left.isOpen()).isTrue();
            bench.device.openChannel();
            assertThat(left.isOpen()).isFalse();
            assertThat(bench.dials).isEqualTo(2);
        }
    }

    @Test
    void xiaozhiLeavesTheConnectionOpenUntilTheNextClose() {
        try (Bench bench = closed("xiaozhi-wifi")) {
            bench.device.closeChannel();
            assertThat(bench.wire().isOpen()).isFalse();
        }
    }

    @Test
    void xiaozhiSaysItIsDisconnectedOnlyOnce() {
        try (Bench bench = closed("xiaozhi-wifi").sendsFin()) {
            assertThat(bench.console())
                    .filteredOn("I WS: Websocket disconnected"::equals)
                    .hasSize(1);
        }
    }

    /** esp_websocket_client.c 1.8.0, WEBSOCKET_STATE_CLOSING: an empty close frame, then a second for the server to end the connection. */
    @Test
    void theIdfClientAnswersWithAnEmptyCloseFrameAndWaitsASecond() {
        try (Bench bench = closed("esp-idf-websocket")) {
            assertThat(bench.receivesFrames()).containsExactly("8:");
            assertThat(bench.wire().isOpen()).isTrue();
            assertThat(bench.after(Duration.ofSeconds(1)).wire().isOpen()).isFalse();
        }
    }

    /** RFC 6455 section 5.5.1: the status code is echoed. */
    @Test
    void aStrictClientEchoesTheCode() {
        try (Bench bench = closed("strict-rfc6455")) {
            assertThat(bench.receivesFrames()).containsExactly("8:\u0003\u00E9");
        }
        try (Bench bench = new Bench("strict-rfc6455").online().sendsFrame(0x88, new byte[0])) {
            assertThat(bench.receivesFrames()).containsExactly("8:");
        }
    }

    /** RFC 6455 section 7.1.7: failing the connection says why. */
    @Test
    void aStrictClientSaysWhatItCannotReadAndHangsUp() {
        try (Bench bench = new Bench("strict-rfc6455").online().sendsFrame(0xC1, new byte[0])) {
            assertThat(bench.receivesFrames()).containsExactly("8:\u0003\u00EA"); // 1002
            assertThat(bench.wire().isOpen()).isFalse();
            assertThat(bench.console()).contains("E WebSocket: RSV bits without an extension, connection given up");
        }
    }
}
