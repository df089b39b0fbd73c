package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.connection.TokenIssuer;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hardened gateway answers to each way of getting the upgrade wrong. */
class HardenedHandshakeTest {
    private static final String KEY = "token-key";

    @Test
    void upgradesInOneWriteWithCanonicalNamesAndTheAcceptOfTheRfc() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect().send(Requests.upgrade().text());

            assertThat(client.text())
                    .isEqualTo(String.join(
                            "\r\n",
                            "HTTP/1.1 101 Switching Protocols",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                            "",
                            ""));
            assertThat(gateway.events().kinds()).containsExactly("connection-opened", "upgraded");
        }
    }

    /** RFC 9112, section 3.2.2: a server has to take the form that is meant for proxies, too. */
    @ParameterizedTest
    @ValueSource(strings = {"http://gateway.test:8000/xiaozhi/v1/", "WS://gateway.test/xiaozhi/v1?x=http://a/b"})
    void takesATargetWithSchemeAndHost(String target) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client =
                    gateway.connect().send(Requests.upgrade().target(target).text());

            assertThat(client.text()).startsWith("HTTP/1.1 101 ");
        }
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                wrong(RefusalReason.METHOD_NOT_ALLOWED, 405, Requests.upgrade().method("POST")),
                wrong(RefusalReason.PATH_NOT_FOUND, 404, Requests.upgrade().target("/")),
                wrong(RefusalReason.PATH_NOT_FOUND, 404, Requests.upgrade().target("/xiaozhi/v1/more")),
                wrong(RefusalReason.HTTP_VERSION, 400, Requests.upgrade().httpVersion("HTTP/1.0")),
                wrong(RefusalReason.MALFORMED_REQUEST, 400, Requests.upgrade().httpVersion("TEAPOT")),
                wrong(RefusalReason.MALFORMED_REQUEST, 400, Requests.upgrade().without("Host")),
                wrong(RefusalReason.MALFORMED_REQUEST, 400, Requests.upgrade().with("Content-Length", "5")),
                wrong(RefusalReason.MISSING_CONNECTION, 400, Requests.upgrade().without("Connection")),
                wrong(RefusalReason.MISSING_CONNECTION, 400, Requests.upgrade().with("Connection", "keep-alive")),
                wrong(RefusalReason.MISSING_UPGRADE, 400, Requests.upgrade().without("Upgrade")),
                wrong(RefusalReason.MISSING_KEY, 400, Requests.upgrade().without("Sec-WebSocket-Key")),
                wrong(RefusalReason.MISSING_KEY, 400, Requests.upgrade().with("Sec-WebSocket-Key", "c2hvcnQ=")),
                wrong(RefusalReason.BAD_VERSION, 426, Requests.upgrade().with("Sec-WebSocket-Version", "8")),
                wrong(RefusalReason.BAD_VERSION, 426, Requests.upgrade().without("Sec-WebSocket-Version")),
                wrong(RefusalReason.ORIGIN_REFUSED, 403, Requests.upgrade().with("Origin", "http://elsewhere.test")),
                wrong(RefusalReason.DEVICE_ID_MISSING, 403, Requests.upgrade().without("Device-Id")),
                wrong(RefusalReason.DEVICE_ID_MISSING, 403, Requests.upgrade().with("Device-Id", "")),
                wrong(
                        RefusalReason.DEVICE_ID_MALFORMED,
                        403,
                        Requests.upgrade().with("Device-Id", "10-ff-e0-b3-35-76")),
                wrong(RefusalReason.HEADER_TOO_LARGE, 431, Requests.upgrade().target("/" + "x".repeat(9000))),
                wrong(RefusalReason.HEADER_TOO_LARGE, 431, Requests.upgrade().with("X", "x".repeat(9000))),
                wrong(RefusalReason.TOO_MANY_HEADERS, 431, Requests.upgrade().with("X", "1\n".repeat(129))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongRequests")
    void refusesWithStatusAndReasonThenCloses(RefusalReason reason, int status, Requests request) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect().send(request.text());

            String answer = client.text();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer).contains("\r\nX-Fieldloop-Reason: " + reason.wireName() + "\r\n");
            assertThat(answer)
                    .endsWith("{\"reason\":\"" + reason.wireName() + "\",\"message\":\"" + reason.explanation()
                            + "\"}\n");
            assertThat(client.closed()).isTrue();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.status()).isEqualTo(status);
        }
    }

    /** Behind some proxies the header is there, in other words: the record shows them. */
    @ParameterizedTest
    @EnumSource(Stance.class)
    void recordsTheConnectionHeaderItRefuses(Stance stance) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.stance(stance))) {
            gateway.connect()
                    .send(Requests.upgrade()
                            .with("Connection", "close\nkeep-alive")
                            .text());
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .refusal()
                            .detail())
                    .isEqualTo("close, keep-alive");
        }
    }

    @Test
    void tellsWhatWouldHaveBeenRight() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            assertThat(gateway.connect()
                            .send(Requests.upgrade().method("DELETE").text())
                            .text())
                    .contains("\r\nAllow: GET\r\n");
            assertThat(gateway.connect()
                            .send(Requests.upgrade()
                                    .with("Sec-WebSocket-Version", "8")
                                    .text())
                            .text())
                    .contains("\r\nSec-WebSocket-Version: 13\r\n");
        }
    }

    @Test
    void takesThePathWithoutSlashAndWithQueryAndTheDeviceIdInAnyCase() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            for (Requests request : List.of(
                    Requests.upgrade().target("/xiaozhi/v1"),
                    Requests.upgrade().target("/xiaozhi/v1/?a=b%"),
                    Requests.upgrade().with("Device-Id", "10:FF:E0:B3:35:76"),
                    Requests.upgrade().with("Connection", "keep-alive, Upgrade"),
                    Requests.upgrade().without("Device-Id").target("/xiaozhi/v1/?device-id=10:FF:E0:B3:35:76"))) {
                assertThat(gateway.connect().send(request.text()).text()).startsWith("HTTP/1.1 101 ");
            }
        }
    }

    @Test
    void takesAnOriginThatIsListed() {
        AdmissionConfig admission = AdmissionConfig.builder()
                .origins(List.of("http://127.0.0.1:9000"))
                .build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.admission(admission))) {
            Requests request = Requests.upgrade().with("Origin", "http://127.0.0.1:9000");
            assertThat(gateway.connect().send(request.text()).text()).startsWith("HTTP/1.1 101 ");
        }
    }

    static Stream<Arguments> tokens() {
        TokenIssuer issuer = new TokenIssuer(KEY.getBytes(StandardCharsets.UTF_8));
        Instant now = FrozenGateway.EPOCH;
        String good = issuer.issue(Requests.CLIENT_ID, Requests.DEVICE_ID, now.minusSeconds(60));
        return Stream.of(
                Arguments.of("Bearer " + good, null),
                Arguments.of(null, RefusalReason.TOKEN_MISSING),
                Arguments.of("Bearer ", RefusalReason.TOKEN_MISSING),
                Arguments.of(good, RefusalReason.TOKEN_MALFORMED),
                Arguments.of("Bearer test-token", RefusalReason.TOKEN_MALFORMED),
                Arguments.of(
                        "Bearer "
                                + issuer.issue(Requests.CLIENT_ID, Requests.DEVICE_ID, now.minus(Duration.ofDays(31))),
                        RefusalReason.TOKEN_EXPIRED),
                Arguments.of(
                        "Bearer " + issuer.issue(Requests.CLIENT_ID, Requests.DEVICE_ID, now.plus(Duration.ofHours(1))),
                        RefusalReason.TOKEN_NOT_YET_VALID),
                Arguments.of(
                        "Bearer " + issuer.issue(Requests.CLIENT_ID, "10:FF:E0:B3:35:76", now),
                        RefusalReason.TOKEN_MISMATCH),
                Arguments.of(
                        "Bearer " + issuer.issue("another client", Requests.DEVICE_ID, now),
                        RefusalReason.TOKEN_MISMATCH));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("tokens")
    void judgesTheToken(String authorization, RefusalReason reason) {
        AdmissionConfig admission = AdmissionConfig.builder().requireToken(KEY).build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.admission(admission))) {
            Requests request = Requests.upgrade();
            Client client = gateway.connect()
                    .send((authorization == null ? request : request.with("Authorization", authorization)).text());

            String expected = reason == null ? "HTTP/1.1 101 " : "HTTP/1.1 403 ";
            assertThat(client.text()).startsWith(expected);
            assertThat(gateway.state().connections().ledger().countsByReason().keySet())
                    .isEqualTo(reason == null ? Set.of() : Set.of(reason));
        }
    }

    @Test
    void asksListedDevicesForNoToken() {
        AdmissionConfig admission = AdmissionConfig.builder()
                .requireToken(KEY)
                .allowedDevices(Set.of(Requests.DEVICE_ID))
                .build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.admission(admission))) {
            assertThat(gateway.connect().send(Requests.upgrade().text()).text()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void refusesADeniedAddressAndOneThatIsNotAllowed() {
        AdmissionConfig admission = AdmissionConfig.builder()
                .allow(List.of(Cidr.parse("192.0.2.0/24")))
                .deny(List.of(Cidr.parse("192.0.2.66")))
                .build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.admission(admission))) {
            String request = Requests.upgrade().text();
            assertThat(gateway.connect("192.0.2.7").send(request).text()).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.connect("192.0.2.66").send(request).text())
                    .startsWith("HTTP/1.1 403 ")
                    .contains("address-denied");
            assertThat(gateway.connect("198.51.100.1").send(request).text()).startsWith("HTTP/1.1 403 ");
        }
    }

    private static Arguments wrong(RefusalReason reason, int status, Requests request) {
        return Arguments.of(reason, status, request);
    }
}
