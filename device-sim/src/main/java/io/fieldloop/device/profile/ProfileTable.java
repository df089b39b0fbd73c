package io.fieldloop.device.profile;

import io.fieldloop.device.link.profile.Nearest;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.HeapBudget;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.device.tls.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The profiles that ship, each number from the protocol reference or from the client library's source. */
final class ProfileTable {

    /** Free internal heap of an idle ESP32-S3 voice device: assumed, three TLS connections fit as measured in the TLS reference. */
    private static final int HEAP_BYTES = 160_000;

    /**
     * Enough for a chain of two usual certificates, not for one that fills a record: assumed, as a board without PSRAM
     * and with a display.
     */
    private static final int LOW_HEAP_BYTES = 40_000;

    /** MBEDTLS_SSL_IN_CONTENT_LEN as people set it to save memory; ESP-IDF leaves 16384. */
    private static final int SMALL_RECORD_BYTES = 4096;

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration CHANNEL_IDLE = Duration.ofMinutes(2);

    /** lwIP: 12 SYN retransmissions of a backed-off 1.5 s; protocol reference 1.4. */
    private static final Duration LWIP_CONNECT = Duration.ofMillis(18_500);

    private static final PhaseLimits WIFI_LIMITS = new PhaseLimits(
            LWIP_CONNECT, TEN_SECONDS, TEN_SECONDS, false, TEN_SECONDS, false, TEN_SECONDS, CHANNEL_IDLE);
    private static final PhaseLimits MODEM_LIMITS =
            new PhaseLimits(TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, true, TEN_SECONDS, false, TEN_SECONDS, CHANNEL_IDLE);
    private static final PhaseLimits STRICT_LIMITS = new PhaseLimits(
            TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, false, TEN_SECONDS, false, TEN_SECONDS, CHANNEL_IDLE);
    private static final PhaseLimits NETWORK_TIMEOUT_LIMITS =
            new PhaseLimits(TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, false, TEN_SECONDS, true, TEN_SECONDS, CHANNEL_IDLE);

    private static final ResponseRules XIAOZHI_RESPONSE =
            new ResponseRules(ResponseRules.Check.STATUS_ONLY, Integer.MAX_VALUE, false, false);
    private static final FrameRules XIAOZHI_FRAMES = new FrameRules(false, FrameRules.CloseAnswer.NONE, 1 << 20);
    private static final FrameRules IDF_FRAMES = new FrameRules(false, FrameRules.CloseAnswer.EMPTY, 1 << 20);

    private static final TlsTraits IDF_TLS = new TlsTraits(
            TlsUse.BY_SCHEME,
            ClientHelloShape.ESP_IDF_5,
            Verification.CHAIN_AND_NAME,
            false,
            HeapBudget.espIdf(HEAP_BYTES),
            null);
    private static final TlsTraits MODEM_TLS = new TlsTraits(
            TlsUse.BY_SCHEME, ClientHelloShape.MODEM_ML307, Verification.NONE, false, HeapBudget.unlimited(), null);
    private static final TlsTraits DESKTOP_TLS = new TlsTraits(
            TlsUse.BY_SCHEME,
            ClientHelloShape.DESKTOP,
            Verification.CHAIN_AND_NAME,
            true,
            HeapBudget.unlimited(),
            null);

    private static final DeviceProfile XIAOZHI_WIFI = new DeviceProfile(
            "xiaozhi-wifi",
            "stock xiaozhi-esp32 on Wi-Fi: takes any 101, accepts expired certificates",
            Dialect.XIAOZHI_WIFI,
            XIAOZHI_RESPONSE,
            XIAOZHI_FRAMES,
            WIFI_LIMITS,
            IDF_TLS,
            KeepAlive.NONE,
            SendRules.LWIP_BLOCKING,
            ListenMode.AUTO,
            MqttTraits.ESP,
            true);

    private static final DeviceProfile XIAOZHI_ML307 = new DeviceProfile(
            "xiaozhi-ml307",
            "xiaozhi-esp32 on an ML307 4G modem: TLS inside the modem, which verifies nothing",
            Dialect.XIAOZHI_MODEM,
            XIAOZHI_RESPONSE,
            XIAOZHI_FRAMES,
            MODEM_LIMITS,
            MODEM_TLS,
            KeepAlive.NONE,
            SendRules.MODEM,
            ListenMode.AUTO,
            MqttTraits.MODEM,
            true);

    private static final List<DeviceProfile> PROFILES = List.of(
            XIAOZHI_WIFI,
            renamed(
                    XIAOZHI_WIFI.withChecksDates(true),
                    "xiaozhi-wifi-strict-time",
                    "the same built with MBEDTLS_HAVE_TIME_DATE: validity dates count"),
            renamed(
                    XIAOZHI_WIFI.withHeapBytes(LOW_HEAP_BYTES),
                    "xiaozhi-wifi-low-memory",
                    "the same with 40 KB of heap left when it connects"),
            renamed(
                    XIAOZHI_WIFI.withTls(smallRecords(ClientHelloShape.ESP_IDF_5)),
                    "xiaozhi-wifi-small-records",
                    "the same built with MBEDTLS_SSL_IN_CONTENT_LEN=4096, which no server is told"),
            renamed(
                    XIAOZHI_WIFI.withTls(smallRecords(ClientHelloShape.ESP_IDF_5.askingSmallRecords())),
                    "xiaozhi-wifi-asks-small-records",
                    "the same where the client asks for records of 4096 bytes (max_fragment_length)"),
            renamed(
                    XIAOZHI_WIFI.withTlsVersions(ClientHelloShape.ESP_IDF_5_TLS_1_3.versions()),
                    "xiaozhi-wifi-tls13",
                    "the same built with MBEDTLS_SSL_PROTO_TLS1_3, and so without dynamic buffers"),
            renamed(
                    RecordCopy.with(XIAOZHI_WIFI, "tls.hello.traits", Set.of(TlsTrait.MATCHES_ADDRESSES)),
                    "xiaozhi-wifi-mbedtls-3.6.2",
                    "the same with mbedTLS before 3.6.3, which joins no handshake message cut over records"),
            renamed(
                    withMqtt(XIAOZHI_WIFI, "library", NetworkLibrary.FROM_3_7),
                    "xiaozhi-wifi-net-3.7",
                    "the same with esp-ml307 3.7 and later, whose errors have names"),
            renamed(
                    withMqtt(withMqtt(XIAOZHI_WIFI, "obeysAnyGoodbye", true), "strictVoice", false),
                    "xiaozhi-wifi-2.2",
                    "the same before 2.3, on MQTT: any goodbye closes the channel, and voice of any length or repeated once is played"),
            XIAOZHI_ML307,
            renamed(
                    withMqtt(XIAOZHI_ML307, "library", NetworkLibrary.FROM_3_7),
                    "xiaozhi-ml307-net-3.7",
                    "the same with esp-ml307 3.7 and later, whose errors have names"),
            renamed(
                    withMqtt(XIAOZHI_ML307, "locksWhileSending", true),
                    "xiaozhi-ml307-locked-send",
                    "the same before September 2026, on MQTT: holds a lock while it sends voice, which the modem's parser waits for"),
            renamed(
                    RecordCopy.with(XIAOZHI_ML307, "tls.use", TlsUse.ALWAYS),
                    "xiaozhi-ml307-tls-always",
                    "the same with esp-ml307 1.x, which speaks TLS to every address, ws:// among them"),
            renamed(
                    RecordCopy.with(XIAOZHI_ML307, "tls.use", TlsUse.BY_PORT_443),
                    "xiaozhi-ml307-tls-on-443",
                    "the same with esp-ml307 2.1, which speaks TLS to port 443 and nowhere else"),
            idf(
                    "esp-idf-websocket",
                    "esp_websocket_client 1.6 and later: checks Sec-WebSocket-Accept in any case, within a 1024 byte buffer, and follows redirects",
                    ResponseRules.Check.ACCEPT_IGNORING_CASE,
                    true),
            idf(
                    "esp-idf-websocket-1.5",
                    "the same before 1.6.0, or with ESP-IDF before 5.5.1: takes no redirect",
                    ResponseRules.Check.ACCEPT_IGNORING_CASE,
                    false),
            idf(
                    "esp-idf-websocket-case-sensitive",
                    "the same where the header lookup matches case (esp-protocols#859)",
                    ResponseRules.Check.ACCEPT_MATCHING_CASE,
                    false),
            withMqtt(
                    idf(
                            "esp-mqtt",
                            "an application on espressif/esp-mqtt that speaks MQTT and nothing else: outbox, will, subscriptions",
                            ResponseRules.Check.ACCEPT_IGNORING_CASE,
                            false),
                    "alone",
                    true),
            new DeviceProfile(
                    "strict-rfc6455",
                    "no firmware: a client that checks everything RFC 6455 says and follows nothing",
                    Dialect.RFC_6455,
                    new ResponseRules(ResponseRules.Check.RFC_6455, 8192, true, false),
                    new FrameRules(true, FrameRules.CloseAnswer.ECHO, 1 << 20),
                    STRICT_LIMITS,
                    DESKTOP_TLS,
                    KeepAlive.NONE,
                    SendRules.UNLIMITED,
                    ListenMode.AUTO,
                    MqttTraits.ESP,
                    false));

    private ProfileTable() {}

    static DeviceProfile named(String name) {
        return PROFILES.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown device profile '" + name + "'" + Nearest.hint(name, names())));
    }

    static List<String> names() {
        return PROFILES.stream().map(DeviceProfile::name).toList();
    }

    private static DeviceProfile idf(String name, String purpose, ResponseRules.Check check, boolean followsRedirects) {
        return new DeviceProfile(
                name,
                purpose,
                Dialect.ESP_IDF,
                new ResponseRules(check, 1024, true, followsRedirects),
                IDF_FRAMES,
                NETWORK_TIMEOUT_LIMITS,
                IDF_TLS,
                KeepAlive.ESP_WEBSOCKET_CLIENT,
                SendRules.LWIP_POLLING,
                ListenMode.AUTO,
                MqttTraits.ESP,
                false);
    }

    private static TlsTraits smallRecords(ClientHelloShape hello) {
        HeapBudget heap = IDF_TLS.heap().withRecordBytes(SMALL_RECORD_BYTES, SMALL_RECORD_BYTES);
        return RecordCopy.with(RecordCopy.with(IDF_TLS, "hello", hello), "heap", heap);
    }

    private static DeviceProfile withMqtt(DeviceProfile profile, String trait, Object value) {
        return RecordCopy.with(profile, "mqtt." + trait, value);
    }

    private static DeviceProfile renamed(DeviceProfile profile, String name, String purpose) {
        return RecordCopy.with(RecordCopy.with(profile, "name", name), "purpose", purpose);
    }
}
