package io.fieldloop.device.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.device.attempt.Stoi;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the firmware makes of URLs, versions, challenges, answers and its flash. */
class OtaPartsTest {
    @ParameterizedTest
    @CsvSource({
        "http://a.test:8002/xiaozhi/ota/, a.test, 8002, /xiaozhi/ota/, a.test:8002",
        "http://a.test/x, a.test, 80, /x, a.test",
        "HTTPS://a.test, a.test, 443, /, a.test",
        "https://a.test:80/x?y=1:2, a.test, 80, /x?y=1:2, a.test:80",
        "ftp://a.test:21/x, a.test, 21, /x, a.test",
    })
    void readsAUrl(String url, String host, int port, String path, String authority) {
        HttpUrl read = HttpUrl.parse(url);
        assertThat(read.problem()).isNull();
        assertThat(read.host()).isEqualTo(host);
        assertThat(read.port()).isEqualTo(port);
        assertThat(read.path()).isEqualTo(path);
        assertThat(read.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.4:8002/xiaozhi/ota/, Invalid URL format: 192.168.1.4:8002/xiaozhi/ota/",
        "http://192.168.1:4:8015/x, Invalid port: 4:8015",
        "http://a.test:0/x, Invalid port: 0",
        "http://a.test:65536, Invalid port: 65536",
        "http://[::1]:8002/x, Invalid port: :1]:8002",
    })
    void saysWhatIsWrongWithAUrl(String url, String problem) {
        assertThat(HttpUrl.parse(url).problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.1, 1.0.0, true",
        "1.0.0, 1.0.0, false",
        "2.0-beta, 1.9, true",
        "1.0.0.1, 1.0.0, true",
        "1.0., 1.0.0, false",
        "'', 1.0.0, false",
        "' 2', 1.9, true",
        "-1, 0, false",
    })
    void comparesVersionsNumberByNumber(String offered, String present, boolean newer) throws Exception {
        assertThat(FirmwareVersion.isNewer(offered, present)).isEqualTo(newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.0", "latest", "2.0.x", "1..2", "99999999999"})
    void abortsOnAVersionThatIsNoNumber(String offered) {
        assertThatThrownBy(() -> FirmwareVersion.isNewer(offered, "1.0.0")).isInstanceOf(Stoi.ThrownException.class);
    }

    /** The same vectors the gateway is tested with. */
    @ParameterizedTest
    @CsvSource({
        "A, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 11:22:33:44:55:66, 7eb74df0f0422b9ff204d9f1359a740119a71cf94269472264584a36a9d6f282",
        "B, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, b3f0c2de-7a55-4f0e-9b0e-2d1f0a9c7e11, 37540429f067321468dac3217678407fb0e1c9d0bbbaae95a1a77bb179d591b0",
        "C, e8fde47bc10bf01b08da33196ec0462601c8e8afee759bd12ec5ff0b963a245c, 0, 3a140eda6440b36f1c72a83abeba2f6fe45b3ee53c2025bfbfda4b2d284acc49"
    })
    void provesItselfByTheHmacOverItsChallenge(String last, String key, String challenge, String hmac) {
        String serial = "FL0000000000000000000000000000" + "0" + last;
        OtaSettings board = OtaSettings.of("http://a.test/").withSerialNumber(serial, key);
        assertThat(ActivationPayload.of(board, challenge))
                .isEqualTo("{\"algorithm\":\"hmac-sha256\",\"serial_number\":\"" + serial + "\",\"challenge\":\""
                        + challenge + "\",\"hmac\":\"" + hmac + "\"}");
        assertThat(ActivationPayload.of(OtaSettings.of("http://a.test/"), challenge))
                .isEqualTo("{}");
    }

    @Test
    void setsItsClockByTheSumOfTimeAndZone() {
        CheckAnswer answer = parsed("{\"server_time\":{\"timestamp\":1767225600123,\"timezone_offset\":480}}");
        assertThat(answer.localTime()).isEqualTo(Instant.parse("2026-01-01T08:00:00.123Z"));
        assertThat(parsed("{\"server_time\":{\"timestamp\":\"soon\"}}").localTime())
                .isNull();
        assertThat(CheckAnswer.parse("<html>")).isNull();
    }

    private static CheckAnswer parsed(String json) {
        CheckAnswer answer = CheckAnswer.parse(json);
        assertThat(answer).isNotNull();
        return answer;
    }

    @Test
    void goesBackToTheOtherSlotWhenItRestartsOnTrial() {
        Slots slots = new Slots(new MapFlash(), "1.0.0");
        assertThat(slots.boot()).isNull();
        slots.install("1.0.1");

        assertThat(slots.boot()).isNull();
        assertThat(slots.version()).isEqualTo("1.0.1");
        assertThat(slots.onTrial()).isTrue();

        assertThat(slots.boot()).isEqualTo("1.0.1");
        assertThat(slots.running()).isEqualTo(Slots.FIRST);
        assertThat(slots.version()).isEqualTo("1.0.0");
        assertThat(slots.onTrial()).isFalse();
    }

    @Test
    void staysWithAnImageThatWasMarkedValid() {
        Slots slots = new Slots(new MapFlash(), "1.0.0");
        slots.install("1.0.1");
        slots.boot();
        slots.markValid();
        assertThat(slots.boot()).isNull();
        assertThat(slots.version()).isEqualTo("1.0.1");
    }

    @Test
    void storesTextsAndNumbersAndAbortsOnWhatNvsCannotHold() {
        MapFlash flash = new MapFlash();
        SettingsWriter writer = new SettingsWriter(flash);
        CheckAnswer answer = parsed("{\"websocket\":{\"url\":\"ws://a/\",\"version\":3.7,\"more\":{},\"on\":true}}");
        assertThat(writer.store("websocket", answer.section("websocket"))).isNull();
        assertThat(flash.values)
                .containsOnly(Map.entry("websocket/url", "ws://a/"), Map.entry("websocket/version", "3"));

        CheckAnswer longKey = parsed("{\"mqtt\":{\"a_key_of_16_char\":1}}");
        assertThat(writer.store("mqtt", longKey.section("mqtt"))).isEqualTo("ESP_ERR_NVS_KEY_TOO_LONG");
        CheckAnswer longText = parsed("{\"mqtt\":{\"a\":\"" + "x".repeat(4000) + "\"}}");
        assertThat(writer.store("mqtt", longText.section("mqtt"))).isEqualTo("ESP_ERR_NVS_VALUE_TOO_LONG");
    }
}
