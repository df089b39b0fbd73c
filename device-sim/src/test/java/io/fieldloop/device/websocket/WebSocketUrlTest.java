package io.fieldloop.device.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUrlTest {

    @ParameterizedTest
    @CsvSource({
        // url, host, port, path, tls
        "ws://h/p, h, 80, /p, false",
        "wss://h/p, h, 443, /p, true",
        "ws://h:8000/xiaozhi/v1/, h, 8000, /xiaozhi/v1/, false",
        "wss://h, h, 443, /, true",
        // https means TLS, but only wss has a default port of its own
        "https://h/p, h, 80, /p, true",
        // the scheme is compared with case, and any other word means plain TCP
        "WSS://h/p, h, 80, /p, false",
        "mqtt://h/p, h, 80, /p, false",
        // no path: a query belongs to the host
        "ws://h?x=1, h?x=1, 80, /, false",
        // the first colon counts, and the port is read up to the first character that is no digit
        "ws://192.168.1:4:8015/p, 192.168.1, 4, /p, false",
        "ws://h:80x/p, h, 80, /p, false",
        "ws://h:65616/p, h, 80, /p, false",
    })
    void firmwareParsesAsItDoes(String url, String host, int port, String path, boolean tls) {
        assertThat(WebSocketUrl.parse(Dialect.XIAOZHI_WIFI, url)).contains(new WebSocketUrl(host, port, path, tls));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gateway.test/xiaozhi", "wss:/h", "wss://h/p?x=a:b", "ws://h:/p", "ws://[::1]:80/"})
    void firmwareCannotUse(String url) {
        assertThat(WebSocketUrl.parse(Dialect.XIAOZHI_WIFI, url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WSS://h/p?x=a:b, h, 443, /p?x=a:b, true",
        "ws://h:8000, h, 8000, /, false",
    })
    void othersParseAsRfc3986Says(String url, String host, int port, String path, boolean tls) {
        assertThat(WebSocketUrl.parse(Dialect.RFC_6455, url)).contains(new WebSocketUrl(host, port, path, tls));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h/p", "http://h/", "ws://a b/"})
    void othersCannotUse(String url) {
        assertThat(WebSocketUrl.parse(Dialect.ESP_IDF, url)).isEmpty();
    }
}
