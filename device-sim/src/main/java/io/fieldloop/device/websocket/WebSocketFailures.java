package io.fieldloop.device.websocket;

import io.fieldloop.device.attempt.AttemptFault;
import io.fieldloop.device.attempt.Errno;
import io.fieldloop.device.attempt.EspTlsLines;
import io.fieldloop.device.attempt.FailureReport;
import io.fieldloop.device.attempt.FailureReporter;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.profile.ResponseRules;
import io.fieldloop.device.tls.DeviceTlsException;
import java.util.Objects;

/** Puts an attempt's fault into the words and codes of the device's WebSocket client (protocol reference 5.1 to 5.3). */
final class WebSocketFailures {

    private static final String WEB_SOCKET = "WebSocket";
    private static final String WS = "WS";
    private static final String TRANSPORT_WS = "transport_ws";
    private static final String CLIENT = "websocket_client";
    private static final String HELLO_MISSING = "Failed to receive server hello";

    private static final String NOT_CONNECTED = "Unable to connect to service, please try again later";
    private static final String TIMEOUT = "Waiting for response timeout";

    private WebSocketFailures() {}

    static FailureReport report(DeviceProfile profile, AttemptFault fault) {
        FailureReport.Builder report = FailureReport.builder();
        switch (profile.dialect()) {
            case XIAOZHI_WIFI, XIAOZHI_MODEM -> xiaozhi(profile.dialect(), report, fault);
            case ESP_IDF -> idf(profile.response(), report, fault);
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
            FailureReporter.addAlert(report, TIMEOUT);
            return;
        }
        int code = fault.phase().isConnecting() ? connect(dialect, report, fault) : upgrade(report, fault);
        report.error(WS, "Failed to connect to websocket server, code=" + code);
        FailureReporter.addAlert(report, NOT_CONNECTED);
    }

    private static int connect(Dialect dialect, FailureReport.Builder report, AttemptFault fault) {
        if (fault.reason() == FailureReason.INVALID_URL) {
            report.error(WEB_SOCKET, "Invalid URI format").telling().code("0");
            return 0;
        }
        int code = FailureReporter.addConnect(dialect, report, fault);
        if (FailureReporter.isTakenForOpen(dialect, fault)) {
            report.error(WEB_SOCKET, "Failed to send WebSocket handshake request")
                    .telling();
        } else {
            report.error(WEB_SOCKET, "Failed to connect to server");
        }
        return code;
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

    private static void idf(ResponseRules rules, FailureReport.Builder report, AttemptFault fault) {
        int error = 0;
        switch (fault.phase()) {
            case HELLO -> {
                idfLoss(report.code(fault.lossCode()), fault);
                report.error(WS, HELLO_MISSING);
                return;
            }
            case UPGRADE ->
                report.code(Objects.requireNonNullElse(fault.lossCode(), "0"))
                        .error(TRANSPORT_WS, idfUpgradeLine(rules, fault))
                        .telling();
            default -> {
                if (fault.reason() == FailureReason.INVALID_URL) {
                    report.error(CLIENT, "Error parse uri").telling().code("0");
                    return;
                }
                error = FailureReporter.addConnect(Dialect.ESP_IDF, report, fault);
                report.error(TRANSPORT_WS, "Error connecting to host " + fault.endpoint());
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

    private static String idfUpgradeLine(ResponseRules rules, AttemptFault fault) {
        Integer status = fault.status();
        boolean redirect = status != null && UpgradeResponseReader.REDIRECTS.contains(status);
        return switch (fault.reason()) {
            case UPGRADE_REFUSED ->
                redirect && rules.followsRedirects() ? "Location header not found" : "Sec-WebSocket-Accept not found";
            case ACCEPT_MISSING -> "Sec-WebSocket-Accept not found";
            case ACCEPT_WRONG -> "Invalid websocket key";
            case RESPONSE_MALFORMED -> "HTTP upgrade failed";
            default -> "Error read response for Upgrade header";
        };
    }

    /** Where the transport has no error of its own, the end of the stream is one. */
    private static String idfErrorName(int error, FailureReason reason) {
        if (reason == FailureReason.UPGRADE_EOF) {
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
}
