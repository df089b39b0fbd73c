package io.fieldloop.qemu.console;

import io.fieldloop.device.event.FailureReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The vocabulary of reasons as dictionaries and firmwares write it, and where in an attempt each belongs. */
final class Reasons {

    private Reasons() {}

    /** By wire name, or by the explanation that a client without log lines of its own prints. */
    static Optional<FailureReason> named(String text) {
        return Arrays.stream(FailureReason.values())
                .filter(reason ->
                        reason.wireName().equals(text) || reason.explanation().equals(text))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(FailureReason.values())
                .map(FailureReason::wireName)
                .toList();
    }

    /** The phase that a failure of this kind belongs to, or {@code otherwise} when it may happen in several. */
    static String phaseOf(FailureReason reason, String otherwise) {
        return switch (reason) {
            case DNS_FAILURE, INVALID_URL -> "dns";
            case TCP_REFUSED, TCP_TIMEOUT -> "tcp";
            case TLS_TIMEOUT,
                    TLS_EOF,
                    TLS_NOT_TLS,
                    PROTOCOL_VERSION,
                    HANDSHAKE_FAILURE,
                    UNRECOGNIZED_NAME,
                    PEER_ALERT,
                    CERTIFICATE_EXPIRED,
                    CERTIFICATE_NOT_YET_VALID,
                    CERTIFICATE_NAME_MISMATCH,
                    CERTIFICATE_UNTRUSTED,
                    CERTIFICATE_KEY_MISMATCH,
                    HEAP_EXHAUSTED -> "tls";
            case UPGRADE_TIMEOUT,
                    UPGRADE_REFUSED,
                    ACCEPT_MISSING,
                    ACCEPT_WRONG,
                    RESPONSE_MALFORMED,
                    RESPONSE_TOO_LARGE -> "upgrade";
            case HELLO_TIMEOUT, UNSUPPORTED_TRANSPORT -> "hello";
            case TCP_RESET -> otherwise.equals("dns") ? "tcp" : otherwise;
            case CONNECTION_LOST, CLOSED_BY_SERVER -> isConnected(otherwise) ? otherwise : "upgrade";
            case CHANNEL_TIMEOUT, CLOSED_BY_USER, CHANNEL_NOT_OPEN, NO_REPLY -> otherwise;
        };
    }

    private static boolean isConnected(String phase) {
        return !phase.equals("dns") && !phase.equals("tcp");
    }
}
