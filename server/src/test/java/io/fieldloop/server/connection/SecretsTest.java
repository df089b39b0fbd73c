package io.fieldloop.server.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "GET /?api%2Dkey=s3cr3t&x=1",
                "{\"api\\u005fkey\":\"s3cr3t\"}",
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

    /** The flags say whether there is a will before it, and of MQTT 5 properties before both. */
    @ParameterizedTest
    @CsvSource({
        "04, c2, '', ''", // clean session
        "04, c6, '', 0001610003627965", // with a will
        "05, c2, 05110000000a, ''", // version 5 with a session expiry
        "05, c6, 00, 00000161000162"
    })
    void thePasswordOfAnMqttConnectIsBlankedAndNothingElse(
            String version, String flags, String properties, String will) {
        String before = "00044d515454" + version + flags + "003c" + properties // MQTT, keep-alive 60
                + "0003646f72" + will + "00026d65" // client id "dor", the will, user name "me"
                + "0006"; // of the password
        byte[] packet = HexFormat.of()
                .parseHex(
                        "10" + HexFormat.of().toHexDigits((byte) (before.length() / 2 + 6)) + before + "733363723374");

        assertThat(new String(Secrets.blanked(packet), ISO_8859_1))
                .isEqualTo(new String(packet, ISO_8859_1).replace("s3cr3t", "******"));
        byte[] cut = Arrays.copyOf(packet, packet.length - 3);
        assertThat(new String(Secrets.blanked(cut), ISO_8859_1)).endsWith("\0\6***");
        for (int length = 0; length < before.length() / 2 + 2; length++) {
            byte[] shorter = Arrays.copyOf(packet, length);
            assertThat(Secrets.blanked(shorter)).isEqualTo(shorter);
        }
    }

    @Test
    void theKeyOfVoiceIsLeftOut() {
        assertThat(Secrets.masked("{\"udp\":{\"key\":\"263094c3aa28cb42f3965a1020cb21a7\",\"port\":8884}}"))
                .isEqualTo("{\"udp\":{\"key\":\"***\",\"port\":8884}}");
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
