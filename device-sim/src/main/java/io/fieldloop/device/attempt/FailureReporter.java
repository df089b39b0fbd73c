package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.DeviceTlsException;
import java.util.Objects;

/** Puts an attempt's fault into the words and codes of the device's client library (protocol reference 5.1 to 5.3). */
final class FailureReporter {

    private static final String WEB_SOCKET = "WebSocket";
    private static final String WS = "WS";
    private static final String MODEM = "Ml307Tcp";
    private static final String TRANSPORT_WS = "transport_ws";
    private static final String CLIENT = "websocket_client";
    private static final String HELLO_MISSING = "Failed to receive server hello";

    private static final String NOT_CONNECTED = "Unable to connect to service, please try again later";
    private static final String TIMEOUT = "Waiting for response timeout";

    private FailureReporter() {}

    static FailureReport report(Dialect dialect, AttemptFault fault) {
        FailureReport.Builder report = FailureReport.builder();
        if (fault.reason() == FailureReason.CLOSED_BY_USER) {
            return report.line(LogLevel.INFO, "Application", "Attempt given up by the user")
                    .build();
        }
        switch (dialect) {
            case XIAOZHI_WIFI, XIAOZHI_MODEM -> xiaozhi(dialect, report, fault);
            case ESP_IDF -> idf(report, fault);
            case RFC_6455 -> strict(report, fault);
        }
        return report.build();
    }

    /** The application above the client is the same, so only what it says of the hello is the firmware's. */
    private static void strict(FailureReport.Builder report, AttemptFault fault) {
        String code = fault.tlsCode();
        report.code(code);
        if (fault.reason() != FailureReason.HELLO_TIMEOUT) {
            report.error("rfc6455", fault.reason().explanation() + (code == null ? "" : " (" + code + ")"))
                    .telling();
        }
        if (fault.phase() == Phase.HELLO) {
            report.error(WS, HELLO_MISSING);
        }
    }

    private static void xiaozhi(Dialect dialect, FailureReport.Builder report, AttemptFault fault) {
        if (fault.phase() == Phase.HELLO) {
            report.error(WS, HELLO_MISSING).telling();
            alert(report, TIMEOUT);
            return;
        }
        int code = switch (fault.phase()) {
            case UPGRADE -> upgrade(report, fault);
            case DNS, TCP, TLS -> dialect == Dialect.XIAOZHI_WIFI ? wifi(report, fault) : modem(report, fault);
            default -> 0;
        };
        report.error(WS, "Failed to connect to websocket server, code=" + code);
        alert(report, NOT_CONNECTED);
    }

    private static int upgrade(FailureReport.Builder report, AttemptFault fault) {
        switch (fault.reason()) {
            case UPGRADE_TIMEOUT -> report.error(WEB_SOCKET, "WebSocket handshake timeout");
            case CONNECTION_LOST -> report.error(WEB_SOCKET, "Failed to send WebSocket handshake request");
            default ->
                report.error(WEB_SOCKET, "WebSocket handshake failed").error(WEB_SOCKET, "WebSocket handshake failed");
        }
        report.telling().code("0");
        return 0;
    }

    private static int wifi(FailureReport.Builder report, AttemptFault fault) {
        int code;
        if (fault.reason() == FailureReason.INVALID_URL) {
            report.error(WEB_SOCKET, "Invalid URI format").telling().code("0");
            return 0;
        } else if (fault.overTls()) {
            code = EspTlsLines.add(report, fault);
            report.error("EspSsl", failedToConnect(fault) + ", code=" + EspTlsLines.hex(code));
        } else if (fault.reason() == FailureReason.DNS_FAILURE) {
            code = 0;
            report.code("0").error("EspTcp", "Failed to get host by name").telling();
        } else {
            code = Errno.of(fault.reason());
            report.code(EspTlsLines.hex(code))
                    .error("EspTcp", failedToConnect(fault) + ", code=" + EspTlsLines.hex(code))
                    .telling();
        }
        report.error(WEB_SOCKET, "Failed to connect to server");
        return code;
    }

    /** The modem resolves, connects and does TLS behind one command, so one error number is all the device ever sees. */
    private static int modem(FailureReport.Builder report, AttemptFault fault) {
        if (fault.reason() == FailureReason.INVALID_URL) {
            report.error(WEB_SOCKET, "Invalid URI format").telling().code("0");
            return 0;
        }
        boolean silent = fault.reason() == FailureReason.TCP_TIMEOUT || fault.reason() == FailureReason.TLS_TIMEOUT;
        if (silent) {
            // Ml307Tcp::Connect takes "no event within 10 s" for success; the first send then finds no connection.
            report.error(MODEM, "Not connected")
                    .error(WEB_SOCKET, "Failed to send WebSocket handshake request")
                    .telling()
                    .code("0");
            return 0;
        }
        // Numbers as in the modem's HTTP error table, protocol reference 4.7: assumed to hold for sockets too.
        int error = fault.reason() == FailureReason.DNS_FAILURE ? 1 : fault.phase() == Phase.TLS ? 4 : 2;
        report.code(Integer.toString(error))
                .error(MODEM, "Failed to open TCP connection, error=" + error)
                .telling()
                .error(WEB_SOCKET, "Failed to connect to server");
        return error;
    }

    private static void idf(FailureReport.Builder report, AttemptFault fault) {
        int error = 0;
        switch (fault.phase()) {
            case HELLO -> {
                idfLoss(report.code(fault.lossCode()), fault);
                report.error(WS, HELLO_MISSING);
                return;
            }
            case UPGRADE ->
                report.code(Objects.requireNonNullElse(fault.lossCode(), "0"))
                        .error(TRANSPORT_WS, idfUpgradeLine(fault.reason()))
                        .telling();
            default -> {
                if (fault.reason() == FailureReason.INVALID_URL) {
                    report.error(CLIENT, "Error parse uri").telling().code("0");
                    return;
                }
                error = EspTlsLines.add(report, fault);
                report.error("transport_base", "Failed to open a new connection: " + error)
                        .error(TRANSPORT_WS, "Error connecting to host " + fault.host() + ":" + fault.port());
            }
        }
        DeviceTlsException tls = fault.tls();
        Integer status = fault.status();
        report.error(
                CLIENT,
                "esp_transport_connect() failed with -1, transport_error=" + idfErrorName(error, fault.reason())
                        + ", tls_error_code="
                        + (tls == null ? 0 : Math.abs(Integer.decode(tls.code()))) + ", tls_flags="
                        + (tls == null ? 0 : tls.flags())
                        + ", esp_ws_handshake_status_code=" + (status == null ? 0 : status) + ", errno="
                        + (fault.phase() == Phase.TCP ? Errno.of(fault.reason()) : 0));
    }

    /** The client's task notices the end of the connection; the application only that no hello came. */
    private static void idfLoss(FailureReport.Builder report, AttemptFault fault) {
        if (fault.reason() == FailureReason.CLOSED_BY_SERVER) {
            report.error(
                            CLIENT,
                            "esp_transport_read() failed with -2, transport_error=ESP_ERR_ESP_TLS_TCP_CLOSED_FIN,"
                                    + " tls_error_code=0, tls_flags=0, errno=128")
                    .telling();
        } else if (fault.lossCode() != null) {
            report.error(
                            CLIENT,
                            "esp_transport_poll_read() returned -1, transport_error=ESP_OK,"
                                    + " tls_error_code=0, tls_flags=0, errno=104")
                    .telling();
        }
    }

    private static String idfUpgradeLine(FailureReason reason) {
        return switch (reason) {
            case ACCEPT_MISSING -> "Sec-WebSocket-Accept not found";
            case ACCEPT_WRONG -> "Invalid websocket key";
            case RESPONSE_MALFORMED -> "HTTP upgrade failed";
            default -> "Error read response for Upgrade header";
        };
    }

    /** Where the transport has no error of its own, the end of the stream is one. */
    private static String idfErrorName(int error, FailureReason reason) {
        if (reason == FailureReason.CLOSED_BY_SERVER) {
            return "ESP_ERR_ESP_TLS_TCP_CLOSED_FIN";
        }
        return switch (error) {
            case EspTlsLines.CANNOT_RESOLVE -> "ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME";
            case EspTlsLines.FAILED_CONNECT -> "ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST";
            case EspTlsLines.TIMEOUT -> "ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT";
            case EspTlsLines.HANDSHAKE -> "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED";
            default -> "ESP_OK";
        };
    }

    private static String failedToConnect(AttemptFault fault) {
        return "Failed to connect to " + fault.host() + ":" + fault.port();
    }

    private static void alert(FailureReport.Builder report, String message) {
        report.line(LogLevel.WARN, "Application", "Alert [circle_xmark] Error: " + message);
    }
}
