package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.Errno;
import io.fieldloop.device.attempt.EspTlsLines;
import io.fieldloop.device.attempt.LossLines;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.DeviceTlsException;
import org.jspecify.annotations.Nullable;

/** What the client below the firmware's MQTT class, espressif/esp-mqtt, prints of a connection. */
final class MqttLines {

    /** Of espressif/esp-mqtt on the console. */
    static final String CLIENT = "mqtt_client";

    /** Of 78/esp-ml307 on the console, on Wi-Fi. */
    static final String ESP_MQTT = "esp_mqtt";

    /** Of the firmware's MqttProtocol on the console. */
    static final String PROTOCOL = "MQTT";

    private static final int NOT_CONNECTED = 128; // lwIP's ENOTCONN, which a FIN leaves

    private MqttLines() {}

    static boolean isModem(DeviceContext context) {
        return context.profile().dialect() == Dialect.XIAOZHI_MODEM;
    }

    static void error(DeviceContext context, String line) {
        context.log(LogLevel.ERROR, CLIENT, line);
    }

    /** The connection is gone; returns the code, or null of a FIN. */
    static @Nullable String lost(DeviceContext context, @Nullable Throwable cause) {
        if (cause == null) {
            error(context, "esp_mqtt_handle_transport_read_error: transport_read(): EOF");
        } else if (cause instanceof DeviceTlsException tls) {
            context.log(LogLevel.ERROR, "esp-tls-mbedtls", "read error :" + tls.code());
        } else {
            context.log(LogLevel.ERROR, "transport_base", "tcp_read error, errno=" + Errno.textOfRead(cause));
        }
        error(
                context,
                "esp_mqtt_handle_transport_read_error: transport_read() error: errno="
                        + (cause == null ? NOT_CONNECTED : Errno.ofRead(cause)));
        occurred(context, cause == null ? "ESP_ERR_ESP_TLS_TCP_CLOSED_FIN" : "ESP_OK");
        return cause == null ? null : LossLines.code(cause);
    }

    /** The read error of a connection that was up, as seen by the client's loop. */
    static void receiveFailed(DeviceContext context) {
        error(context, "mqtt_process_receive: mqtt_message_receive() returned -2");
    }

    static void pingUnanswered(DeviceContext context) {
        error(context, "No PING_RESP, disconnected");
    }

    /** Printed by 78/esp-ml307, which other applications do without. */
    private static void occurred(DeviceContext context, String error) {
        if (context.profile().dialect() == Dialect.XIAOZHI_WIFI) {
            context.log(LogLevel.INFO, ESP_MQTT, "MQTT error occurred: " + error);
        }
    }

    /** The name of an esp-tls error. */
    static String name(int error) {
        return switch (error) {
            case 0 -> "ESP_OK";
            case EspTlsLines.CANNOT_RESOLVE -> "ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME";
            case EspTlsLines.FAILED_CONNECT -> "ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST";
            case EspTlsLines.TIMEOUT -> "ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT";
            default -> "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED";
        };
    }
}
