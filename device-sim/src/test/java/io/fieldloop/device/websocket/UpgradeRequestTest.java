package io.fieldloop.device.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.Dialect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeRequestTest {

    private static final WebSocketUrl URL = new WebSocketUrl("gateway.test", 8000, "/xiaozhi/v1/", false);
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static String request(Dialect dialect, @Nullable String token, HeaderEdits edits) {
        Identity identity = new Identity(token, "0a1b2c3d-0000-4000-8000-00000000000f", "10:ff:e0:b3:35:76", 2);
        return UpgradeRequest.write(dialect, URL, identity, KEY, edits.byName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-wifi", "xiaozhi-wifi-strict-time", "xiaozhi-ml307"})
    void firmwareSendsHostWithoutPortAndTheRestSorted(String profile) {
        assertThat(request(DeviceProfile.named(profile).dialect(), "secret", HeaderEdits.none()))
                .isEqualTo("""
                        GET /xiaozhi/v1/ HTTP/1.1\r
                        Host: gateway.test\r
                        Authorization: Bearer secret\r
                        Client-Id: 0a1b2c3d-0000-4000-8000-00000000000f\r
                        Connection: Upgrade\r
                        Device-Id: 10:ff:e0:b3:35:76\r
                        Protocol-Version: 2\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Version: 13\r
                        Upgrade: websocket\r
                        \r
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"esp-idf-websocket", "esp-idf-websocket-case-sensitive"})
    void espIdfSendsItsOwnHeadersFirst(String profile) {
        assertThat(request(DeviceProfile.named(profile).dialect(), "secret", HeaderEdits.none()))
                .isEqualTo("""
                        GET /xiaozhi/v1/ HTTP/1.1\r
                        Connection: Upgrade\r
                        Host: gateway.test:8000\r
                        User-Agent: ESP32 Websocket Client\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Authorization: Bearer secret\r
                        Protocol-Version: 2\r
                        Device-Id: 10:ff:e0:b3:35:76\r
                        Client-Id: 0a1b2c3d-0000-4000-8000-00000000000f\r
                        \r
                        """);
    }

    @Test
    void strictClientSendsWhatRfc6455Asks() {
        assertThat(request(Dialect.RFC_6455, null, HeaderEdits.none())).isEqualTo("""
                        GET /xiaozhi/v1/ HTTP/1.1\r
                        Host: gateway.test:8000\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Version: 13\r
                        Protocol-Version: 2\r
                        Device-Id: 10:ff:e0:b3:35:76\r
                        Client-Id: 0a1b2c3d-0000-4000-8000-00000000000f\r
                        \r
                        """);
    }

    @Test
    void sendsNoAuthorizationForAnEmptyTokenAndKeepsATokenThatHasItsScheme() {
        assertThat(request(Dialect.XIAOZHI_WIFI, "", HeaderEdits.none())).doesNotContain("Authorization");
        assertThat(request(Dialect.XIAOZHI_WIFI, "Basic x", HeaderEdits.none()))
                .contains("\r\nAuthorization: Basic x\r\n");
    }

    @Test
    void editsReplaceInPlaceAddAndOmit() {
        Map<String, @Nullable String> edits = new LinkedHashMap<>();
        edits.put("DEVICE-ID", "");
        edits.put("Origin", "https://evil.test");
        edits.put("client-id", null);
        String xiaozhi = request(Dialect.XIAOZHI_WIFI, null, new HeaderEdits(edits));
        assertThat(xiaozhi)
                .contains("Connection: Upgrade\r\nDEVICE-ID: \r\nOrigin: https://evil.test\r\nProtocol-Version: 2\r\n")
                .doesNotContain("Client-Id");
        assertThat(request(Dialect.ESP_IDF, null, new HeaderEdits(edits)))
                .endsWith("Protocol-Version: 2\r\nDEVICE-ID: \r\nOrigin: https://evil.test\r\n\r\n");
    }
}
