package io.fieldloop.server.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nAuthorization: Bearer s3cr3t.17\r\nHost: x",
                "Authorization: Basic czNjcjN0OnMzY3IzdA==",
                "authorization:\tBearer\ts3cr3t",
                "Authorization:\r\n\tBearer\r\n s3cr3t,\r\n s3cr3t\r\nHost: x",
                "AUTHORIZATION : s3cr3t s3cr3t",
                "Proxy-Authorization: Digest username=\"s3cr3t\", response=\"s3cr3t\"",
                "GET /?token=s3cr3t&device-id=a HTTP/1.1",
                "GET /?access_token=s3cr3t HTTP/1.1",
                "GET /?a=b%26token%3Ds3cr3t HTTP/1.1",
                "GET /?%74oken=s3cr3t&x=1",
                "GET /?authorization=Bearer%20s3cr3t.17&device-id=a HTTP/1.1",
                "GET /?%41uthorization=Bearer+s3cr3t",
                "{\"type\":\"hello\",\"token\":\"s3cr3t\",\"version\":1}",
                "{\"\\u0074oken\" : \"s3cr3t \\\" s3cr3t\"}",
                "{\"mqtt\":{\"password\":\"s3cr3t\"}}",
                "wss://me:s3cr3t@voice.example.com/"
            })
    void aSecretIsLeftOutHoweverItIsWritten(String text) {
        assertThat(Secrets.masked(text)).contains("***").doesNotContain("s3cr3t");
        assertThat(new String(Secrets.blanked(text.getBytes(ISO_8859_1)), ISO_8859_1))
                .hasSameSizeAs(text)
                .doesNotContain("s3cr3t");
    }

    @Test
    void whatTellsWhyARequestWasRefusedStays() {
        assertThat(Secrets.masked("GET /?token=a&device-id=b HTTP/1.1\r\nAuthorization: Basic c\r\nHost: x"))
                .isEqualTo("GET /?token=***&device-id=b HTTP/1.1\r\nAuthorization: Basic ***\r\nHost: x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: mstshash=Adm",
                "Authorization:\r\nHost: x",
                "the token is missing",
                "WWW-Authenticate: Bearer",
                "wss://voice.example.com:443/xiaozhi/v1/"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Secrets.masked(text)).isEqualTo(text);
    }
}
