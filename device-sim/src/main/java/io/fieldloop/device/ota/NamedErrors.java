package io.fieldloop.device.ota;

import io.fieldloop.device.event.FailureReason;

/** What esp-ml307 3.7 and later print of a failure: its words, its name, and the number below where there is one. */
final class NamedErrors {
    private NamedErrors() {}

    static String of(FailureReason reason, int number) {
        return named(reason) + (number == 0 ? "" : ", native=" + number) + ")";
    }

    private static String named(FailureReason reason) {
        return switch (reason) {
            case INVALID_URL -> "Invalid argument (invalid_argument";
            case DNS_FAILURE -> "DNS resolution failed (dns_failed";
            case TCP_TIMEOUT -> "Connection timed out (timeout";
            case TCP_REFUSED, TCP_RESET, TCP_UNREACHABLE -> "Connection failed (connect_failed";
            case CONNECTION_LOST -> "Server disconnected (server_disconnected";
            default -> "TLS handshake failed (tls_failed";
        };
    }
}
