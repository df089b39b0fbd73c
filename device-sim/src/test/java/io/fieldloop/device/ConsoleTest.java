package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.DeviceProfile;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Failures in the words of the device: tags, levels and shapes of protocol reference 5. */
class ConsoleTest {

    private static Bench failing(String profile, String url, Exception cause) {
        Bench bench = new Bench(DeviceConfig.of("bench", DeviceProfile.named(profile), url)).failingNetwork(cause);
        bench.device.openChannel();
        return bench.afterCommands(bench.device);
    }

    private static DeviceEvent.Refused refusal(Bench bench) {
        return bench.events.stream()
                .filter(DeviceEvent.Refused.class::isInstance)
                .map(DeviceEvent.Refused.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void plainWifiConnectionRefused() {
        try (Bench bench = failing("xiaozhi-wifi", "ws://h:8000/", new ConnectException("Connection refused"))) {
            assertThat(bench.console())
                    .containsExactly(
                            "I StateMachine: State: idle -> connecting",
                            "I WS: Connecting to websocket server: ws://h:8000/ with version: 1",
                            "E EspTcp: Failed to connect to h:8000, code=0x6f",
                            "E WebSocket: Failed to connect to server",
                            "E WS: Failed to connect to websocket server, code=111",
                            "W Application: Alert [circle_xmark] Error: Unable to connect to service, please try again later",
                            "I StateMachine: State: connecting -> idle");
            assertThat(refusal(bench).attributes())
                    .containsExactly(
                            java.util.Map.entry("reason", "tcp-refused"),
                            java.util.Map.entry("code", "0x6f"),
                            java.util.Map.entry("text", "Failed to connect to h:8000, code=0x6f"),
                            java.util.Map.entry("elapsed", Duration.ZERO),
                            java.util.Map.entry("phase", "tcp"));
        }
    }

    @Test
    void tlsWifiConnectionRefused() {
        try (Bench bench = failing("xiaozhi-wifi", "wss://h/", new ConnectException("Connection refused"))) {
            assertThat(bench.console())
                    .contains(
                            "E esp-tls: [sock=54] delayed connect error: Connection reset by peer",
                            "E esp-tls: Failed to open new connection",
                            "E EspSsl: Failed to connect to h:443, code=0x8004",
                            "E WS: Failed to connect to websocket server, code=32772");
            assertThat(refusal(bench).outcome().code()).isEqualTo("0x8004");
        }
    }

    @Test
    void unknownHost() {
        try (Bench plain = failing("xiaozhi-wifi", "ws://h/", new UnknownHostException("h"));
                Bench tls = failing("xiaozhi-wifi", "wss://h/", new UnknownHostException("h"));
                Bench modem = failing("xiaozhi-ml307", "wss://h/", new UnknownHostException("h"))) {
            assertThat(plain.console()).contains("E EspTcp: Failed to get host by name");
            assertThat(tls.console())
                    .contains(
                            "E esp-tls: couldn't get hostname for :h: getaddrinfo() returns 202, addrinfo=0x0",
                            "E EspSsl: Failed to connect to h:443, code=0x8001");
            assertThat(modem.console()).contains("E Ml307Tcp: Failed to connect to h:443");
            assertThat(refusal(modem).outcome().code()).isEqualTo("1");
            assertThat(refusal(tls).outcome().reason()).isEqualTo(FailureReason.DNS_FAILURE);
            assertThat(refusal(tls).outcome().phase()).isEqualTo(Phase.DNS);
        }
    }

    @Test
    void addressOfAFamilyTheNetworkHasNot() {
        try (Bench plain = failing("xiaozhi-wifi", "ws://h/", new NoRouteToHostException("No route to host"));
                Bench tls = failing("xiaozhi-wifi", "wss://h/", new NoRouteToHostException("No route to host"))) {
            assertThat(refusal(plain).outcome().code()).isEqualTo("0x76");
            assertThat(tls.console())
                    .contains(
                            "E esp-tls: [sock=54] connect() error: Host is unreachable",
                            "E EspSsl: Failed to connect to h:443, code=0x8004");
            assertThat(refusal(tls).outcome().reason()).isEqualTo(FailureReason.TCP_UNREACHABLE);
        }
    }

    @Test
    void connectionResetWhileOpening() {
        try (Bench bench = failing("xiaozhi-wifi", "ws://h/", new SocketException("Connection reset"))) {
            assertThat(refusal(bench).outcome().reason()).isEqualTo(FailureReason.TCP_RESET);
            assertThat(refusal(bench).outcome().code()).isEqualTo("0x68");
        }
    }

    @Test
    void invalidUrl() {
        try (Bench bench = new Bench(DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-wifi"), "gateway.test"))) {
            assertThat(bench.failure(bench.device.openChannel()).reason()).isEqualTo(FailureReason.INVALID_URL);
            assertThat(bench.console()).contains("E WebSocket: Invalid URI format");
            assertThat(bench.dials).isZero();
        }
    }

    @Test
    void firmwareSaysHandshakeFailedTwiceAndNotTheStatus() {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            var outcome = bench.device.openChannel();
            bench.sends("HTTP/1.1 403 Forbidden\r\n\r\n");
            assertThat(bench.console())
                    .containsSubsequence(
                            "E WebSocket: WebSocket handshake failed",
                            "E WebSocket: WebSocket handshake failed",
                            "E WS: Failed to connect to websocket server, code=0")
                    .noneMatch(line -> line.contains("403"));
            assertThat(bench.failure(outcome).status()).isEqualTo(403);
            assertThat(bench.failure(outcome).code()).isEqualTo("0");
        }
    }

    @Test
    void idfClientNamesTheHeaderItMissed() {
        try (Bench bench = new Bench("esp-idf-websocket-1.5")) {
            bench.device.openChannel();
            bench.sends("HTTP/1.1 301 Moved Permanently\r\nLocation: wss://h/\r\n\r\n");
            assertThat(bench.console())
                    .containsSubsequence(
                            "E transport_ws: Sec-WebSocket-Accept not found",
                            "E websocket_client: esp_transport_connect() failed with -1, transport_error=ESP_OK, "
                                    + "tls_error_code=0, tls_flags=0, esp_ws_handshake_status_code=301, errno=0");
        }
    }

    @Test
    void helloProblemsAreLoggedAndEndInTheTimeout() {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            var outcome = bench.device.openChannel();
            bench.acceptsUpgrade()
                    .sendsText("\u8ba4\u8bc1\u5931\u8d25")
                    .sendsText("{\"type\":\"hello\",\"transport\":\"udp\"}")
                    .sendsFrame(0x88, new byte[] {3, (byte) 0xE8})
                    .after(Duration.ofSeconds(10));
            assertThat(bench.console())
                    .containsSubsequence(
                            "E WS: Missing message type, data: \u8ba4\u8bc1\u5931\u8d25",
                            "E WS: Unsupported transport: udp",
                            "I WS: Websocket disconnected",
                            "E WS: Failed to receive server hello",
                            "W Application: Alert [circle_xmark] Error: Waiting for response timeout");
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.HELLO_TIMEOUT);
        }
    }

    @Test
    void aLineShowsTheDevicesUptime() {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            bench.after(Duration.ofMillis(1234));
            bench.device.openChannel();
            assertThat(((DeviceEvent.Log) bench.events.get(0)).line())
                    .isEqualTo("I (1234) StateMachine: State: idle -> connecting");
        }
    }
}
