package io.fieldloop.qemu.console;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
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
    static Phase phaseOf(FailureReason reason, Phase otherwise) {
        return switch (reason) {
            case DNS_FAILURE, INVALID_URL -> Phase.DNS;
            case TCP_REFUSED, TCP_TIMEOUT, TCP_UNREACHABLE -> Phase.TCP;
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
                    HEAP_EXHAUSTED -> Phase.TLS;
            case UPGRADE_TIMEOUT,
                    UPGRADE_EOF,
                    UPGRADE_REFUSED,
                    REDIRECT_LOOP,
                    ACCEPT_MISSING,
                    ACCEPT_WRONG,
                    RESPONSE_MALFORMED,
                    RESPONSE_TOO_LARGE -> Phase.UPGRADE;
            case CONNACK_TIMEOUT, CONNECT_REFUSED -> Phase.MQTT;
            case HELLO_TIMEOUT, UNSUPPORTED_TRANSPORT, VOICE_UNREACHABLE -> Phase.HELLO;
            case TCP_RESET -> otherwise == Phase.DNS ? Phase.TCP : otherwise;
            case CONNECTION_LOST, CLOSED_BY_SERVER -> otherwise.compareTo(Phase.TCP) > 0 ? otherwise : Phase.UPGRADE;
            case NOT_CONFIGURED,
                    MODEM_NOT_READY,
                    MODEM_REFUSED,
                    PONG_TIMEOUT,
                    WRITE_TIMEOUT,
                    CHANNEL_TIMEOUT,
                    CLOSED_BY_USER,
                    CHANNEL_NOT_OPEN,
                    NO_REPLY -> otherwise;
        };
    }
}
