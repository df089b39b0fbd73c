package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.EspTlsLines;

/**
 * An error of 78/esp-ml307 in the words of its version 3.7 and later (src/network_error.cc at 7c2a484).
 *
 * @param number of the layer below; before 3.7 it is all there is
 */
public record NetworkError(String message, String name, int number) {

    public static final NetworkError TIMEOUT = timeout(0);

    public static final NetworkError INVALID_ARGUMENT = invalidArgument(0);

    private static NetworkError invalidArgument(int number) {
        return new NetworkError("Invalid argument", "invalid_argument", number);
    }

    private static NetworkError timeout(int number) {
        return new NetworkError("Connection timed out", "timeout", number);
    }

    static NetworkError authRejected(int number) {
        return new NetworkError("Authentication rejected", "auth_rejected", number);
    }

    static NetworkError serverDisconnected(int number) {
        return new NetworkError("Server disconnected", "server_disconnected", number);
    }

    private static NetworkError dnsFailed(int number) {
        return new NetworkError("DNS resolution failed", "dns_failed", number);
    }

    private static NetworkError connectFailed(int number) {
        return new NetworkError("Connection failed", "connect_failed", number);
    }

    private static NetworkError networkUnavailable(int number) {
        return new NetworkError("Network unavailable", "network_unavailable", number);
    }

    /** AtError::ToNetworkError(), of a command that was answered with an error. */
    public static NetworkError ofCommand(int cmeError) {
        return cmeError == 0
                ? new NetworkError("AT command failed", "at_command_failed", 0)
                : new NetworkError("CME error", "cme_error", cmeError);
    }

    /** FromEsp(). */
    static NetworkError ofEspTls(int error) {
        return switch (error) {
            case EspTlsLines.CANNOT_RESOLVE -> dnsFailed(error);
            case EspTlsLines.FAILED_CONNECT -> connectFailed(error);
            case EspTlsLines.TIMEOUT -> timeout(error);
            default -> new NetworkError("TLS handshake failed", "tls_failed", error);
        };
    }

    /** FromMl307Http(). */
    public static NetworkError ofMl307Http(int error) {
        return switch (error) {
            case 1 -> dnsFailed(error);
            case 2 -> connectFailed(error);
            case 3, 6 -> timeout(error);
            case 4 -> new NetworkError("TLS handshake failed", "tls_failed", error);
            case 5 -> serverDisconnected(error);
            case 7 -> new NetworkError("Protocol error", "protocol_error", error);
            default -> new NetworkError("Unknown network error", "unknown", error);
        };
    }

    /** FromMl307Mqtt(). */
    public static NetworkError ofMl307(int error) {
        return switch (error) {
            case 3 -> authRejected(error);
            case 4 -> serverDisconnected(error);
            case 5 -> timeout(error);
            case 6 -> networkUnavailable(error);
            default -> connectFailed(error);
        };
    }

    /** FromEc801EMqttOpen(). */
    public static NetworkError ofQuectelOpen(int error) {
        return switch (error) {
            case 1 -> invalidArgument(error);
            case 3 -> networkUnavailable(error);
            case 4 -> dnsFailed(error);
            case 5 -> serverDisconnected(error);
            default -> connectFailed(error);
        };
    }

    /** FromEc801EMqttConn(). */
    public static NetworkError ofQuectelConnect(int returnCode) {
        return switch (returnCode) {
            case 1, 2, 4, 5 -> authRejected(returnCode);
            case 3 -> networkUnavailable(returnCode);
            default -> connectFailed(returnCode);
        };
    }

    @Override
    public String toString() {
        return message + " (" + name + (number == 0 ? "" : ", native=" + number) + ")";
    }
}
