package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.tls.DeviceTlsException;

/** The console lines of esp-tls and mbedTLS for a connection that did not come up (protocol reference 5.2 and 5.3). */
public final class EspTlsLines {

    public static final int CANNOT_RESOLVE = 0x8001;
    public static final int FAILED_CONNECT = 0x8004;
    public static final int TIMEOUT = 0x8006;
    public static final int HANDSHAKE = 0x801A;

    private static final String ESP_TLS = "esp-tls";
    private static final String MBEDTLS = "esp-tls-mbedtls";
    private static final String BUNDLE = "esp-x509-crt-bundle";

    private EspTlsLines() {}

    /** Adds the lines, and the mbedTLS code where there is one, else the esp-tls error; returns the esp-tls error. */
    static int add(FailureReport.Builder report, AttemptFault fault) {
        int error = fault.phase() == Phase.TLS ? addHandshake(report, fault) : addConnect(report, fault);
        String code = fault.tlsCode();
        report.code(code == null ? hex(error) : code);
        return error;
    }

    public static String hex(int code) {
        return "0x" + Integer.toHexString(code);
    }

    private static int addConnect(FailureReport.Builder report, AttemptFault fault) {
        int error = switch (fault.reason()) {
            case DNS_FAILURE -> {
                report.error(
                        ESP_TLS,
                        "couldn't get hostname for :" + fault.host() + ": getaddrinfo() returns 202, addrinfo=0x0");
                yield CANNOT_RESOLVE;
            }
            case TCP_TIMEOUT -> {
                report.error(ESP_TLS, "[sock=54] select() timeout");
                yield TIMEOUT;
            }
            case TCP_UNREACHABLE -> {
                // lwIP has no source address for it and sends no SYN: tcp_connect() ends with ERR_RTE.
                report.error(ESP_TLS, "[sock=54] connect() error: Host is unreachable");
                yield FAILED_CONNECT;
            }
            default -> {
                // lwIP tells a refused connection as a reset: protocol reference 6, row 13.
                report.error(ESP_TLS, "[sock=54] delayed connect error: Connection reset by peer");
                yield FAILED_CONNECT;
            }
        };
        report.telling().error(ESP_TLS, "Failed to open new connection");
        return error;
    }

    private static int addHandshake(FailureReport.Builder report, AttemptFault fault) {
        if (fault.reason() == FailureReason.TLS_TIMEOUT) {
            report.line(LogLevel.WARN, ESP_TLS, "Failed to open new connection in specified timeout")
                    .telling();
            return TIMEOUT;
        }
        addBundle(report, fault);
        if ("-0x7280".equals(fault.tlsCode())) {
            report.error("Dynamic Impl", "mbedtls_ssl_fetch_input error=29312");
        }
        report.error(MBEDTLS, "mbedtls_ssl_handshake returned " + fault.tlsCode())
                .telling();
        addVerdict(report, fault);
        report.error(ESP_TLS, "create_ssl_handle failed").error(ESP_TLS, "Failed to open new connection");
        return HANDSHAKE;
    }

    /**
     * esp_mbedtls_verify_certificate() looks at the flags only, so it praises the certificate of a handshake that
     * failed for another reason.
     */
    private static void addVerdict(FailureReport.Builder report, AttemptFault fault) {
        DeviceTlsException tls = fault.tls();
        if (tls != null && tls.flags() != 0) {
            report.line(LogLevel.INFO, MBEDTLS, "Failed to verify peer certificate!")
                    .line(LogLevel.INFO, MBEDTLS, "verification info:   ! " + tls.text());
        } else {
            report.line(LogLevel.INFO, MBEDTLS, "Certificate verified.");
        }
    }

    private static void addBundle(FailureReport.Builder report, AttemptFault fault) {
        if (fault.reason() == FailureReason.CERTIFICATE_UNTRUSTED) {
            report.error(BUNDLE, "No matching trusted root certificate found")
                    .error(BUNDLE, "Failed to verify certificate");
        } else if (fault.isCertificate()) {
            report.line(LogLevel.INFO, BUNDLE, "Certificate validated");
        }
    }
}
