package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.connection.TokenIssuer;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision table of xiaozhi-esp32-server with websockets 14.2, row by row. */
class CompatHandshakeTest {
    private static final String DATE = "Date: Wed, 04 Mar 2026 05:06:07 GMT\r\n";
    private static final String SERVER = "Server: Python/3.11 websockets/14.2\r\n";

    @Test
    void upgradesOnAnyPathWithTheLibrarysHeaders() {
        try (FrozenGateway gateway = compat()) {
            Client client = gateway.connect()
                    .send(Requests.upgrade().target("/anything").text());

            assertThat(client.text())
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\n" + DATE
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" + SERVER + "\r\n");
        }
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(Requests.upgrade().without("Connection"), 200, "Server is running\n"),
                Arguments.of(Requests.upgrade().with("Connection", "keep-alive, Upgrade"), 200, "Server is running\n"),
                Arguments.of(
                        Requests.upgrade().without("Upgrade"),
                        426,
                        "Failed to open a WebSocket connection: missing Upgrade header.\n\nYou cannot access a WebSocket"
                                + " server directly with a browser. You need a WebSocket client.\n"),
                Arguments.of(
                        Requests.upgrade().without("Sec-WebSocket-Key"),
                        400,
                        "Failed to open a WebSocket connection: missing Sec-WebSocket-Key header.\n"),
                Arguments.of(
                        Requests.upgrade().with("Sec-WebSocket-Version", "8"),
                        400,
                        "Failed to open a WebSocket connection: invalid Sec-WebSocket-Version header: 8.\n"),
                Arguments.of(
                        Requests.upgrade().with("Connection", "Upgrade\nUpgrade"),
                        500,
                        "Failed to open a WebSocket connection.\nSee server log for more information.\n"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("answers")
    void answersInTheLibrarysWords(Requests request, int status, String body) {
        try (FrozenGateway gateway = compat()) {
            Client client = gateway.connect().send(request.text());

            String answer = client.text();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer)
                    .contains(DATE + "Connection: close\r\nContent-Length: " + body.length()
                            + "\r\nContent-Type: text/plain; charset=utf-8\r\n");
            assertThat(answer).endsWith(SERVER + "\r\n" + body);
            assertThat(answer.contains("\r\nUpgrade: websocket\r\n")).isEqualTo(status == 426);
            assertThat(client.closed()).isTrue();
        }
    }

    static Stream<Arguments> unanswered() {
        return Stream.of(
                Arguments.of(Requests.upgrade().method("POST").text(), RefusalReason.METHOD_NOT_ALLOWED),
                Arguments.of(Requests.upgrade().httpVersion("HTTP/1.0").text(), RefusalReason.HTTP_VERSION),
                Arguments.of("garbage\r\n\r\n", RefusalReason.NOT_HTTP),
                Arguments.of("\u0016\u0003\u0001\u0000\u00c8\u0001", RefusalReason.TLS_ON_PLAIN),
                Arguments.of(
                        "\u0003\u0000\u0000/*\u00e0\0\0\0\0\0Cookie: mstshash=Administr\r\n", RefusalReason.RDP_SCAN),
                Arguments.of(Requests.upgrade().with("X", "1\n".repeat(129)).text(), RefusalReason.TOO_MANY_HEADERS),
                Arguments.of(Requests.upgrade().target("/" + "x".repeat(9000)).text(), RefusalReason.HEADER_TOO_LARGE));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unanswered")
    void closesWithoutAByteWhereTheLibraryRaises(String request, RefusalReason reason) {
        try (FrozenGateway gateway = compat()) {
            Client client = gateway.connect().send(request);

            assertThat(client.bytes()).isEmpty();
            assertThat(client.closed()).isTrue();
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .refusal()
                            .reason())
                    .isEqualTo(reason);
        }
    }

    @Test
    void closesSilentClientsAfterTenSecondsWithoutAnswer() {
        try (FrozenGateway gateway = compat()) {
            Client client = gateway.connect();
            gateway.advance(Duration.ofMillis(9_999));
            assertThat(client.closed()).isFalse();
            gateway.advance(Duration.ofMillis(1));
            assertThat(client.closed()).isTrue();
            assertThat(client.bytes()).isEmpty();
        }
    }

    @Test
    void answers503WhileStopping() {
        try (FrozenGateway gateway = compat()) {
            gateway.state().sessions().beginStopping();
            assertThat(gateway.connect().send(Requests.upgrade().text()).text()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void upgradesThenSaysPortIsFineToAClientWithoutDeviceId() {
        try (FrozenGateway gateway = compat()) {
            Client client = gateway.connect()
                    .send(Requests.upgrade().without("Device-Id").text());

            assertThat(client.text())
                    .startsWith("HTTP/1.1 101 ")
                    .contains("端口正常")
                    .endsWith("\u0002\u0003\ufffd");
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .attributes())
                    .containsEntry("reason", "device-id-missing")
                    .containsEntry("status", 101L);
        }
    }

    @Test
    void takesTheDeviceIdFromTheQuery() {
        try (FrozenGateway gateway = compat()) {
            Requests request = Requests.upgrade().without("Device-Id").target("/?device-id=web-test");
            assertThat(gateway.connect().send(request.text()).text()).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events().only(GatewayEvent.Upgraded.class).deviceId())
                    .isEqualTo("web-test");
        }
    }

    @Test
    void upgradesThenSaysAuthenticationFailedToABadToken() {
        AdmissionConfig admission =
                AdmissionConfig.builder().requireToken("key").build();
        try (FrozenGateway gateway =
                new FrozenGateway(config -> config.stance(Stance.COMPAT).admission(admission))) {
            Client client = gateway.connect().send(Requests.upgrade().text());

            byte[] bytes = client.bytes();
            byte[] text = "认证失败".getBytes(StandardCharsets.UTF_8);
            int frames = bytes.length - (2 + text.length) - 4;
            assertThat(bytes[frames]).as("FIN and text").isEqualTo((byte) 0x81);
            assertThat(bytes[frames + 1]).as("length").isEqualTo((byte) text.length);
            // 88: close; 02: two bytes; 03 E8: code 1000
            assertThat(java.util.Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length))
                    .containsExactly(0x88, 0x02, 0x03, 0xE8);
        }
    }

    @Test
    void takesATokenFromTheFutureBecauseThePythonServerDoes() {
        AdmissionConfig admission =
                AdmissionConfig.builder().requireToken("key").build();
        String token = new TokenIssuer("key".getBytes(StandardCharsets.UTF_8))
                .issue(Requests.CLIENT_ID, Requests.DEVICE_ID, FrozenGateway.EPOCH.plusSeconds(86_400));
        try (FrozenGateway gateway =
                new FrozenGateway(config -> config.stance(Stance.COMPAT).admission(admission))) {
            gateway.connect()
                    .send(Requests.upgrade()
                            .with("Authorization", "Bearer " + token)
                            .text());
            assertThat(gateway.events().kinds()).contains("upgraded");
        }
    }

    private static FrozenGateway compat() {
        return new FrozenGateway(config -> config.stance(Stance.COMPAT));
    }
}
