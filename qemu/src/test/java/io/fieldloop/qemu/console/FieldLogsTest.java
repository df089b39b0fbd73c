package io.fieldloop.qemu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Consoles of devices in the field, as their users posted them; hosts are changed. */
class FieldLogsTest {

    private static void assertRefused(Console console, FailureReason reason, String code, String phase) {
        ConnectOutcome.Failed refusal = console.refusal();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.phase().wireName()).isEqualTo(phase);
    }

    /** https://github.com/78/xiaozhi-esp32/issues/7: firmware of 2024, states without "from", give-up without code. */
    @Test
    void tlsAgainstAPlainPort() {
        Console console = Console.stock().print("""
                I (15993) WebSocket: Connecting to ws://gateway.test:8090/
                E (16163) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7200
                I (16163) esp-tls-mbedtls: Certificate verified.
                E (16163) esp-tls: Failed to open new connection
                E (16173) TlsTransport: Failed to connect to gateway.test:8090
                E (16173) WebSocket: Failed to connect to server
                E (16183) Application: Failed to connect to websocket server
                I (16193) Application: STATE: idle
                """);
        assertRefused(console, FailureReason.TLS_NOT_TLS, "-0x7200", "tls");
        assertThat(console.kinds()).containsExactly("attempt-started", "refused");
    }

    /** https://github.com/xinnan-tech/xiaozhi-esp32-server/issues/1183: both classes announce the one attempt. */
    @Test
    void wssUrlAgainstAPlainPort() {
        Console console = Console.stock().print("""
                I (3939603) Application: STATE: connecting
                I (3939613) WS: Connecting to websocket server: wss://gateway.test:8000/xiaozhi/v1/ with version: 1
                I (3939613) WebSocket: Connecting to wss://gateway.test:8000/xiaozhi/v1/
                """).wait(Duration.ofMillis(40)).print("""
                E (3939643) Dynamic Impl: mbedtls_ssl_fetch_input error=29312
                E (3939653) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7280
                I (3939653) esp-tls-mbedtls: Certificate verified.
                E (3939653) esp-tls: Failed to open new connection
                E (3939663) TlsTransport: Failed to connect to gateway.test:8000
                E (3939673) WebSocket: Failed to connect to server
                E (3939673) WS: Failed to connect to websocket server
                """);
        assertRefused(console, FailureReason.TLS_EOF, "-0x7280", "tls");
        assertThat(console.refusal().elapsed()).isEqualTo(Duration.ofMillis(40));
        assertThat(console.kinds()).containsExactly("state-changed", "attempt-started", "refused");
    }

    /** https://github.com/espressif/esp-idf/issues/10284: ESP-IDF's client retries on its own, and no line says that it begins. */
    @Test
    void heapExhaustedInAClientThatReconnects() {
        String failure = """
                E (396892) esp-tls-mbedtls: mbedtls_ssl_setup returned -0x7F00
                E (396892) esp-tls: create_ssl_handle failed
                E (396893) esp-tls: Failed to open new connection
                E (396898) TRANSPORT_BASE: Failed to open a new connection
                E (396905) TRANSPORT_WS: Error connecting to host gateway.test:443
                E (396913) WEBSOCKET_CLIENT: Error transport connect
                I (396918) WEBSOCKET_CLIENT: Reconnect after 10000 ms
                I (396924) APP_WEBSOCKET: WEBSOCKET_EVENT_DISCONNECTED
                """;
        Console console =
                Console.stock().print(failure).wait(Duration.ofSeconds(10)).print(failure);
        assertThat(console.kinds())
                .containsExactly(
                        "attempt-started",
                        "refused",
                        "reconnect-scheduled",
                        "attempt-started",
                        "refused",
                        "reconnect-scheduled");
        assertThat(console.all(DeviceEvent.Refused.class)).allSatisfy(refused -> {
            assertThat(refused.outcome().reason()).isEqualTo(FailureReason.HEAP_EXHAUSTED);
            assertThat(refused.outcome().code()).isEqualTo("-0x7F00");
        });
    }

    /** https://github.com/espressif/esp-protocols/issues/512: the failed request is printed with its line breaks. */
    @Test
    void resetBeforeTheUpgradeIsAnswered() {
        Console console = Console.stock().print("""
                E (16491) transport_base: poll_read select error 104, errno = Connection reset by peer, fd = 54
                E (16491) transport_ws: Error read response for Upgrade header GET / HTTP/1.1
                Connection: Upgrade
                Host: gateway.test:80
                User-Agent: ESP32 Websocket Client

                E (16511) websocket_client: esp_transport_connect() failed with -1, transport_error=ESP_OK, tls_error_code=0, tls_flags=0, esp_ws_handshake_status_code=0, errno=119
                I (16531) websocket_client: Reconnect after 10000 ms
                """);
        assertRefused(console, FailureReason.CONNECTION_LOST, "0x68", "upgrade");
    }

    /** https://github.com/espressif/esp-idf/issues/8631 and 12993: what a redirect or an odd header case looks like. */
    @Test
    void acceptHeaderNotFound() {
        Console console = Console.stock().print("""
                E (6344) TRANSPORT_WS: Sec-WebSocket-Accept not found
                E (6344) WEBSOCKET_CLIENT: Error transport connect
                """);
        assertRefused(console, FailureReason.ACCEPT_MISSING, "0", "upgrade");
    }

    /** https://github.com/78/xiaozhi-esp32/issues/664 and 711: MQTT, whose connection is opened at boot. */
    @Test
    void mqttBrokerDoesNotAnswer() {
        Console console =
                Console.stock().print("""
                I (4479) esp_netif_handlers: sta ip: 192.168.2.160, mask: 255.255.255.0, gw: 192.168.2.1
                I (4539) MQTT: Connecting to endpoint mqtt.test
                """).wait(Duration.ofSeconds(10)).print("""
                W (14519) esp-tls: Failed to open new connection in specified timeout
                E (14549) MQTT: Failed to connect to endpoint
                I (14549) Application: STATE: idle
                """);
        assertRefused(console, FailureReason.TLS_TIMEOUT, "0x8006", "tls");
        assertThat(console.refusal().elapsed()).isEqualTo(Duration.ofSeconds(10));
    }

    /** https://github.com/78/xiaozhi-esp32/issues/1568: over MQTT a channel's beginning is told by the state alone. */
    @Test
    void mqttChannelWithoutHello() {
        Console console =
                Console.stock().print("""
                I (540650) Application: STATE: connecting
                I (541090) MQTT: Received goodbye message, session_id: null
                W (541090) Application: Unknown message type: error
                """).wait(Duration.ofSeconds(10)).print("""
                E (550710) MQTT: Failed to receive server hello
                I (550710) Application: STATE: idle
                W (550830) Application: Alert [circle_xmark] Error: Waiting for response timeout
                """);
        assertRefused(console, FailureReason.HELLO_TIMEOUT, null, "hello");
        assertThat(console.refusal().elapsed()).isEqualTo(Duration.ofSeconds(10));
        assertThat(console.kinds()).containsExactly("state-changed", "attempt-started", "refused", "state-changed");
    }

    /** esp-mqtt says why it gives up a CONNECT, xiaozhi that it could not send voice; the latter has a session by then. */
    @Test
    void brokerThatRefusesOrStaysSilentAndVoiceThatGoesNowhere() {
        String begins = "I (2000) MQTT: Connecting to endpoint broker.example.com:1883\n";
        String ends = "E (12000) MQTT: Failed to connect to endpoint, code=0\n";

        assertRefused(
                Console.stock().print(begins + "W (2100) mqtt_client: Connection refused, not authorized\n" + ends),
                FailureReason.CONNECT_REFUSED,
                "0",
                "mqtt");
        assertRefused(
                Console.stock()
                        .print(begins
                                + "E (12000) mqtt_client: esp_mqtt_connect: mqtt_message_receive() returned 0\n"
                                + ends),
                FailureReason.CONNACK_TIMEOUT,
                "0",
                "mqtt");
        Console voice = Console.stock().print(begins + """
                I (2400) MQTT: Session ID: s-1
                E (2400) EspUdp: Failed to get host by name
                E (2400) MQTT: Failed to connect UDP audio channel
                """);
        assertThat(voice.all(DeviceEvent.Offline.class))
                .singleElement()
                .extracting(DeviceEvent.Offline::reason)
                .isEqualTo(FailureReason.VOICE_UNREACHABLE);
    }

    /** https://github.com/78/xiaozhi-esp32/issues/2203: certificate validated, then refused for its name. Flags come one to a line. */
    @Test
    void certificateForAnotherName() {
        Console console = Console.stock().print("""
                I (100) WS: Connecting to websocket server: wss://gateway.test/xiaozhi/v1/ with version: 1
                I (900) esp-x509-crt-bundle: Certificate validated
                E (950) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700
                I (950) esp-tls-mbedtls: Failed to verify peer certificate!
                I (950) esp-tls-mbedtls: verification info:   ! The certificate validity has expired
                  ! The certificate Common Name (CN) does not match with the expected CN

                E (960) esp-tls: create_ssl_handle failed
                E (960) esp-tls: Failed to open new connection
                E (960) EspSsl: Failed to connect to gateway.test:443, code=0x801a
                E (970) WebSocket: Failed to connect to server
                E (970) WS: Failed to connect to websocket server, code=32794
                """);
        assertRefused(console, FailureReason.CERTIFICATE_NAME_MISMATCH, "-0x2700", "tls");
    }

    /** https://github.com/espressif/esp-idf/issues/14883: time of day in the brackets; 14675: a boot ROM. */
    @Test
    void otherTimestampsAndBootLines() {
        Console console = Console.stock().print("""
                ESP-ROM:esp32s3-20210327
                rst:0x1 (POWERON),boot:0x2b (SPI_FAST_FLASH_BOOT)
                I (27) boot: ESP-IDF v5.4-dev-3201-g46acfdce96 2nd stage bootloader
                I (00:10:15.097) WS: Connecting to websocket server: ws://gateway.test/ with version: 1
                """);
        assertThat(console.kinds()).containsExactly("attempt-started");
        assertThat(console.all(DeviceEvent.Log.class))
                .extracting(DeviceEvent.Log::tag, DeviceEvent.Log::uptimeMillis)
                .startsWith(
                        org.assertj.core.groups.Tuple.tuple("uart", 0L),
                        org.assertj.core.groups.Tuple.tuple("uart", 0L))
                .endsWith(org.assertj.core.groups.Tuple.tuple("WS", 27L));
    }
}
