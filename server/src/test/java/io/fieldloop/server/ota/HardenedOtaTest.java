package io.fieldloop.server.ota;

import static io.fieldloop.server.ota.OtaRequests.BODY;
import static io.fieldloop.server.ota.OtaRequests.DEVICE;
import static io.fieldloop.server.ota.OtaRequests.ask;
import static io.fieldloop.server.ota.OtaRequests.bodyOf;
import static io.fieldloop.server.ota.OtaRequests.check;
import static io.fieldloop.server.ota.OtaRequests.get;
import static io.fieldloop.server.ota.OtaRequests.post;
import static io.fieldloop.server.ota.OtaRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.ota.OtaConfig.Activation;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HardenedOtaTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String SERIAL = "FL00000000000000000000000000000A";

    private static FrozenGateway gateway(UnaryOperator<OtaConfig.Builder> more) {
        return OtaRequests.gateway(Stance.HARDENED, more);
    }

    @Test
    void handsOutTheWebSocketAtTheHostThatWasAsked() {
        try (FrozenGateway gateway = gateway(ota -> ota)) {
            String answer = check(gateway);

            // 2026-03-04T05:06:07Z in milliseconds, and what the device itself says it runs
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ");
            assertThat(bodyOf(answer))
                    .isEqualTo("{\"server_time\":{\"timestamp\":1772600767000,\"timezone_offset\":480},"
                            + "\"firmware\":{\"version\":\"1.0.0\",\"url\":\"\"},"
                            + "\"websocket\":{\"url\":\"ws://ota.test:8000/xiaozhi/v1/\",\"token\":\"\"}}");
            GatewayEvent.OtaAnswered told = gateway.events().only(GatewayEvent.OtaAnswered.class);
            assertThat(told.offers()).isEqualTo("websocket");
            assertThat(told.deviceId()).isEqualTo(DEVICE);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(request("PUT", "/xiaozhi/ota/", BODY), 405, "ota-method-not-allowed"),
                Arguments.of(post("/xiaozhi/otas/", BODY), 404, "ota-path-not-found"),
                Arguments.of(post("/xiaozhi/ota/", BODY, "Device-Id:"), 400, "ota-device-id-missing"),
                Arguments.of(
                        post("/xiaozhi/ota/", BODY, "Device-Id: GG:ff:e0:b3:35:76"), 400, "ota-device-id-malformed"),
                Arguments.of(
                        post("/xiaozhi/ota/", BODY, "Device-Id: 20:ff:e0:b3:35:76"), 400, "ota-device-id-malformed"),
                Arguments.of(post("/xiaozhi/ota/", BODY, "Client-Id:"), 400, "ota-client-id-missing"),
                Arguments.of(post("/xiaozhi/ota/", BODY, "Content-Type: text/plain"), 415, "ota-not-json"),
                Arguments.of(post("/xiaozhi/ota/", "[1]"), 400, "ota-body-unreadable"),
                Arguments.of(post("/xiaozhi/ota/", "{"), 400, "ota-body-unreadable"),
                Arguments.of(post("/xiaozhi/ota/", "x".repeat(65 * 1024)), 413, "ota-body-too-large"),
                Arguments.of(post("/xiaozhi/ota/", BODY, "Host:"), 400, "malformed-request"),
                Arguments.of(post("/xiaozhi/ota/", BODY, "Host: a b"), 400, "malformed-request"),
                Arguments.of(post("/xiaozhi/ota/activate", "{}"), 409, "activation-not-begun"),
                Arguments.of(get("/xiaozhi/ota/activate"), 405, "ota-method-not-allowed"),
                Arguments.of(get("/xiaozhi/ota/download/9.9.9.bin"), 404, "firmware-not-found"),
                Arguments.of("nonsense\r\n\r\n", 0, "not-http"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheStatusThatSaysWhatIsWrong(String request, int status, String reason) {
        try (FrozenGateway gateway = gateway(ota -> ota)) {
            String answer = ask(gateway, request);

            if (status != 0) {
                assertThat(answer).startsWith("HTTP/1.1 " + status).contains("X-Fieldloop-Reason: " + reason + "\r\n");
            }
            GatewayEvent.HandshakeRefused refused = gateway.events().only(GatewayEvent.HandshakeRefused.class);
            assertThat(refused.refusal().reason().wireName()).isEqualTo(reason);
        }
    }

    @Test
    void takesATargetWithSchemeAndHost() {
        try (FrozenGateway gateway = gateway(ota -> ota)) {
            assertThat(ask(gateway, post("http://ota.test:8002/xiaozhi/ota/", BODY)))
                    .startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void refusesARequestThatIsNeverComplete() {
        try (FrozenGateway gateway = gateway(ota -> ota)) {
            FrozenGateway.Client client =
                    gateway.connect().send("POST /xiaozhi/ota/ HTTP/1.1\r\nContent-Length: 100\r\n\r\n{");
            gateway.advance(Duration.ofSeconds(11));

            assertThat(client.closed()).isTrue();
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .refusal()
                            .reason()
                            .wireName())
                    .isEqualTo("slow-request");
        }
    }

    @Test
    void offersFirmwareToOlderDevicesOnly() {
        try (FrozenGateway gateway =
                gateway(ota -> ota.firmware(new Firmware(FirmwareImage.sample("1.0.1", 5000), "1.0.1", false)))) {
            assertThat(bodyOf(check(gateway)))
                    .contains(
                            "\"firmware\":{\"version\":\"1.0.1\",\"url\":\"http://ota.test:8002/xiaozhi/ota/download/1.0.1.bin\"}");
            assertThat(bodyOf(ask(gateway, post("/xiaozhi/ota/", BODY.replace("1.0.0", "1.0.1")))))
                    .contains("\"firmware\":{\"version\":\"1.0.1\",\"url\":\"\"}");
        }
    }

    @Test
    void servesFirmwareWholeInPartsAndAsHead() {
        FirmwareImage image = FirmwareImage.sample("1.0.1", 50_000);
        try (FrozenGateway gateway = gateway(ota -> ota.firmware(new Firmware(image, "1.0.1", false)))) {
            String path = "/xiaozhi/ota/download/1.0.1.bin";
            assertThat(gateway.connect().send(get(path)).bytes())
                    .hasSizeGreaterThan(image.length())
                    .endsWith(bytes(image, 0, image.length()));
            assertThat(ask(gateway, get(path))).contains("Content-Length: " + image.length() + "\r\n");

            byte[] part = gateway.connect()
                    .send(get(path, "Range: bytes=40000-40009"))
                    .bytes();
            assertThat(new String(part, StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 206")
                    .contains("Content-Range: bytes 40000-40009/" + image.length() + "\r\n", "Content-Length: 10\r\n");
            assertThat(part).endsWith(bytes(image, 40_000, 10));
            assertThat(ask(gateway, get(path, "Range: bytes=60000-")))
                    .startsWith("HTTP/1.1 416")
                    .contains("Content-Range: bytes */" + image.length() + "\r\n");
            String range = "Range: bytes=40000-40009";
            assertThat(ask(gateway, get(path, range, "If-Range: \"another\"")))
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Length: " + image.length() + "\r\n");
            assertThat(ask(gateway, request("HEAD", path, "", range)))
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Length: " + image.length() + "\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(ask(gateway, request("HEAD", path, "")))
                    .contains("Content-Length: " + image.length() + "\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    private static byte[] bytes(FirmwareImage image, int from, int length) {
        byte[] bytes = new byte[length];
        image.slice(from, length).readBytes(bytes);
        return bytes;
    }

    @Test
    void activatesTheDeviceThatProvesItselfOnceItsUserEnteredTheCode() {
        Activation activation = new Activation(Duration.ofMinutes(1), Map.of(SERIAL, KEY));
        try (FrozenGateway gateway = gateway(ota -> ota.activation(activation))) {
            String told = bodyOf(check(gateway));
            String challenge = value(told, "challenge");
            assertThat(value(told, "code")).matches("\\d{6}");
            assertThat(bodyOf(check(gateway))).as("the user may be typing").isEqualTo(told);
            assertThat(challenge).as("what anybody can guess proves nothing").isNotEqualTo(DEVICE);

            String right = proof(challenge, ActivationProof.of(KEY, challenge));
            String wrong = proof(challenge, ActivationProof.of(KEY, DEVICE));
            assertThat(activate(gateway, wrong)).startsWith("HTTP/1.1 403");
            assertThat(activate(gateway, proof(DEVICE, ActivationProof.of(KEY, DEVICE))))
                    .startsWith("HTTP/1.1 403");
            assertThat(activate(gateway, right)).startsWith("HTTP/1.1 202");
            gateway.advance(Duration.ofMinutes(1));
            assertThat(activate(gateway, wrong)).startsWith("HTTP/1.1 403");
            assertThat(activate(gateway, right)).startsWith("HTTP/1.1 200");
            assertThat(bodyOf(check(gateway))).doesNotContain("activation");
        }
    }

    private static String activate(FrozenGateway gateway, String body) {
        return ask(gateway, post("/xiaozhi/ota/activate", body, "Serial-Number: " + SERIAL));
    }

    private static String proof(String challenge, String hmac) {
        return "{\"algorithm\":\"hmac-sha256\",\"serial_number\":\"" + SERIAL + "\",\"challenge\":\"" + challenge
                + "\",\"hmac\":\"" + hmac + "\"}";
    }

    private static String value(String json, String key) {
        Matcher value = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
        assertThat(value.find()).isTrue();
        return value.group(1);
    }
}
