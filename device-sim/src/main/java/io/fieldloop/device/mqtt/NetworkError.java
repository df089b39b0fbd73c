package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.EspTlsLines;

/**
 * An error of 78/esp-ml307 in the words of its version 3.7 and later (src/network_error.cc at 7c2a484).
 *
 * @param number of the layer below; before 3.7 it is all there is
 */
record NetworkError(String message, String name, int number) {

    static final NetworkError TIMEOUT = timeout(0);

    static NetworkError timeout(int number) {
        return new NetworkError("Connection timed out", "timeout", number);
    }

    static NetworkError authRejected(int number) {
        return new NetworkError("Authentication rejected", "auth_rejected", number);
    }

    static NetworkError serverDisconnected(int number) {
        return new NetworkError("Server disconnected", "server_disconnected", number);
    }

    /** FromEsp(). */
    static NetworkError ofEspTls(int error) {
        return switch (error) {
            case EspTlsLines.CANNOT_RESOLVE -> new NetworkError("DNS resolution failed", "dns_failed", error);
            case EspTlsLines.FAILED_CONNECT -> new NetworkError("Connection failed", "connect_failed", error);
            case EspTlsLines.TIMEOUT -> timeout(error);
            default -> new NetworkError("TLS handshake failed", "tls_failed", error);
        };
    }

    /** FromMl307Mqtt(). */
    static NetworkError ofModem(int error) {
        return switch (error) {
            case 0 -> TIMEOUT;
            case 3 -> authRejected(error);
            case 4 -> serverDisconnected(error);
            case 5 -> timeout(error);
            case 6 -> new NetworkError("Network unavailable", "network_unavailable", error);
            default -> new NetworkError("Connection failed", "connect_failed", error);
        };
    }

    @Override
    public String toString() {
        return message + " (" + name + (number == 0 ? "" : ", native=" + number) + ")";
    }
}
