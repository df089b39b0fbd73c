package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.nvs.NvsType;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlashInspectionTest {
    private static final FlashImage IMAGE =
            (FlashImage) HandMadeImage.read(HandMadeImage.merged(HandMadeImage.ESP32_S3));

    @Test
    void explainsAMergedImage() {
        Map<String, NvsValue> settings = new LinkedHashMap<>();
        settings.put("websocket/url", NvsValue.text("wss://me:pw@gateway.test/xiaozhi/v1/?room=1&token=abc"));
        settings.put("websocket/token", NvsValue.text("field-token"));
        settings.put("websocket/version", NvsValue.i32(3));
        settings.put("nvs.net80211/sta.apinfo", NvsValue.blob(new byte[700]));

        FlashInspection inspection = FlashInspection.of(IMAGE.withNvs(settings)
                .withFiles("storage", Map.of("main.py", new byte[9], "certs/ca.pem", new byte[4])));

        String app = IMAGE.bootSlot().image().digest().hex();
        assertThat(String.join("\n", inspection.lines())).isEqualTo("""
                        file        image.bin, a merged flash image
                        chip        ESP32-S3, revisions 0.0 to 0.99
                        flash       4 MB, DIO
                        bootloader  at 0x0, ESP-IDF v5.3.2-dirty, built Jan  5 2025 19:40:37
                                    2 segments, entry 0x403c8904, 0xb0 bytes
                        partitions  at 0x8000, MD5 matches
                                    nvs              data/nvs         0x009000 0x004000
                                    otadata          data/ota         0x00d000 0x002000
                                    ota_0            app/ota_0        0x010000 0x100000
                                    ota_1            app/ota_1        0x110000 0x100000
                                    storage          data/fat         0x210000 0x100000
                        OTA data    nothing selected
                        app         "ota_0" at 0x10000, the one that boots
                                    xiaozhi 0.9.8
                                    ESP-IDF v5.3.2-dirty, built Jan  5 2025 21:12:54
                                    ELF SHA-256 %s
                                    image SHA-256 %s, matches
                                    2 segments, entry 0x403c8904, 0x160 bytes
                        app         "ota_1" at 0x110000
                                    empty
                        settings    4 in NVS partition "nvs" (0x9000 to 0xd000)
                                    websocket/url = str "wss://***@gateway.test/xiaozhi/v1/?room=1&token=***"
                                    websocket/token = str, masked, 11 bytes
                                    websocket/version = i32 3
                                    nvs.net80211/sta.apinfo = blob of 700 bytes
                        files       partition "storage" (0x210000 to 0x310000): FAT12, 2 files
                                    certs/ca.pem, 4 bytes
                                    main.py, 9 bytes
                        injection   a run boots a copy of this image, with eFuses that hold the device's MAC address
                                    puts in for each device: websocket/url, websocket/version, board/uuid, and websocket/token where it has one
                                    and what the scenario's firmware: section names; its settings may be:
                                    settings: websocket/url, websocket/token, websocket/version
                                    settings: mqtt/endpoint, mqtt/client_id, mqtt/username, mqtt/password, mqtt/publish_topic, mqtt/subscribe_topic, mqtt/keepalive
                                    settings: wifi/ssid, wifi/password, wifi/ota_url, wifi/max_tx_power, wifi/remember_bssid, wifi/sleep_mode
                                    settings: board/uuid
                                    settings: network/type
                                    settings: assets/download_url
                                    any other setting as namespace/key; the CA certificate as one, in PEM, DER or base64
                                    files: partition "storage"; the CA certificate as one
                                    never the app: a CA or a certificate bundle compiled into it stays as it is""".formatted("ab".repeat(32), app));
        assertThat(inspection.app().projectName()).isEqualTo("xiaozhi");
    }

    @Test
    void showsNoEscapeSequences() {
        FlashImage image = IMAGE.withNvs(Map.of("a/b", NvsValue.text("\u001b[2Jx")));

        assertThat(FlashInspection.of(image).lines()).contains("            a/b = str \"\ufffd[2Jx\"");
    }

    @Test
    void showsOnlyTheBeginningOfALongText() {
        FlashImage image = IMAGE.withNvs(Map.of("fieldloop/ca", NvsValue.text("M".repeat(600))));

        assertThat(FlashInspection.of(image).lines())
                .contains("            fieldloop/ca = str \"" + "M".repeat(100) + "...\", 600 characters");
    }

    @Test
    void explainsAnAppImage() {
        FlashInspection inspection = FlashInspection.of(HandMadeImage.read(HandMadeImage.app(HandMadeImage.ESP32)));

        assertThat(inspection.lines())
                .startsWith(
                        "file        image.bin, an app image without bootloader and partition table",
                        "chip        ESP32, revisions 0.0 to 0.99",
                        "flash       4 MB, DIO",
                        "app         xiaozhi 0.9.8")
                .endsWith("injection   not possible: it needs a merged flash image (idf.py merge-bin, or esptool"
                        + " merge_bin)");
    }

    @Test
    void saysThatAnAppHasNoName() {
        AppDescription nameless = new AppDescription("", "", "v5.2.2", "", "", Bytes.of(new byte[32]));
        byte[] app = HandMadeImage.image(HandMadeImage.ESP32, nameless.toBytes().toArray());

        assertThat(FlashInspection.of(HandMadeImage.read(app)).lines())
                .contains("app         without a name and a version");
    }

    @Test
    void saysWhatIsInAPartitionWithoutFat() {
        byte[] littlefs = new byte[16];
        System.arraycopy("littlefs".getBytes(StandardCharsets.US_ASCII), 0, littlefs, 8, 8);
        FlashImage other = IMAGE.withContents(IMAGE.partition("storage"), Bytes.of(littlefs));

        assertThat(FlashInspection.of(IMAGE).lines())
                .contains("files       partition \"storage\" (0x210000 to 0x310000): erased");
        assertThat(FlashInspection.of(other).lines())
                .contains("files       partition \"storage\" (0x210000 to 0x310000): littlefs, which is not read here")
                .noneMatch(line -> line.contains("files: partition"));
    }

    @Test
    void namesABootloaderFromBeforeDescriptionsByItsTexts() {
        byte[] flash = HandMadeImage.merged(HandMadeImage.ESP32_S3);
        byte[] texts = "\0ESP-IDF %s 2nd stage bootloader\0v4.4.2-dirty\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
        HandMadeImage.put(flash, 0, HandMadeImage.image(HandMadeImage.ESP32_S3, Arrays.copyOf(texts, 56)));

        assertThat(FlashInspection.of(HandMadeImage.read(flash)).lines())
                .contains(
                        "bootloader  at 0x0, ESP-IDF v4.4.2-dirty, from before 5.1, where bootloaders have no description");
    }

    @ParameterizedTest
    @CsvSource({
        "password, true",
        "password3, true",
        "token, true",
        "sta.pswd, true",
        "ap.passwd, true",
        "sta.pmk, true",
        "api_key, true",
        "client_secret, true",
        "ssid, false",
        "url, false",
        "keepalive, false",
        "uuid, false"
    })
    void knowsASecretByItsName(String key, boolean secret) {
        assertThat(Secrets.isSecret(key)).isEqualTo(secret);
    }

    @Test
    void everySettingHasTheTypeThatFirmwareReads() {
        assertThat(InjectedSetting.value("websocket/version", "3")).isEqualTo(NvsValue.i32(3));
        assertThat(InjectedSetting.value("websocket/url", "3")).isEqualTo(NvsValue.text("3"));
        assertThat(InjectedSetting.WIFI_OTA_URL.path()).isEqualTo("wifi/ota_url");
        assertThat(InjectedSetting.MQTT_KEEPALIVE.type()).isEqualTo(NvsType.I32);
        assertThatThrownBy(() -> InjectedSetting.value("websocket/version", "two"))
                .hasMessage("\"two\" is no value for websocket/version; it is a whole number.");
    }

    @Test
    void tellsFlashSettingsThatWereChangedInABootloaderFromDamage() {
        byte[] otherSettings = HandMadeImage.merged(HandMadeImage.ESP32_S3);
        otherSettings[2] = 0; // QIO
        otherSettings[3] = 0x3f; // 8 MB
        byte[] otherEntry = HandMadeImage.merged(HandMadeImage.ESP32_S3);
        otherEntry[4] ^= 1;

        assertThat(inspected(otherSettings))
                .contains("flash       8 MB, QIO")
                .contains("its SHA-256 is not the appended one: that one is for 4 MB, DIO, frequency code 15, so only"
                        + " flash settings were changed after the build, which does no harm");
        assertThat(inspected(otherEntry))
                .contains("its SHA-256 is not the appended one, nor is it with other flash settings: it was changed or"
                        + " damaged after it was built; write it again");
    }

    private static String inspected(byte[] file) {
        return String.join("\n", FlashInspection.of(HandMadeImage.read(file)).lines());
    }
}
