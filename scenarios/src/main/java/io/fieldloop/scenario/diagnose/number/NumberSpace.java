package io.fieldloop.scenario.diagnose.number;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who counts in a number; the ones that a person most probably means stand first. */
public enum NumberSpace {
    ESP_TLS("ESP-TLS"),
    MBEDTLS("mbedTLS"),
    HTTP("HTTP status"),
    ESP_IDF("ESP-IDF"),
    WEBSOCKET("WebSocket close"),
    PSA("PSA crypto (mbedTLS 4)"),
    ERRNO("errno"),
    GETADDRINFO("getaddrinfo"),
    MQTT_CONNACK("MQTT CONNACK"),
    MQTT5("MQTT 5 reason"),
    TLS_ALERT("TLS alert"),
    WIFI("Wi-Fi reason"),
    MODEM_CME("modem +CME ERROR"),
    MODEM_SOCKET("modem socket error"),
    MODEM_HTTP("modem HTTP error"),
    MODEM_MQTT_OPEN("modem MQTT open"),
    MODEM_CMQTT("SIMCom MQTT"),
    MODEM_CIP("SIMCom TCP/IP"),
    MODEM_CCH("SIMCom TLS"),
    PUBSUBCLIENT("PubSubClient state"),
    BEARSSL("BearSSL"),
    ARDUINO_HTTP("Arduino HTTPClient"),
    LWIP("lwIP err_t");

    private final String title;

    NumberSpace(String title) {
        this.title = title;
    }

    /** For a person. */
    public String title() {
        return title;
    }

    /** The word in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<NumberSpace> named(String word) {
        return Arrays.stream(values())
                .filter(space -> space.word().equals(word))
                .findFirst();
    }
}
