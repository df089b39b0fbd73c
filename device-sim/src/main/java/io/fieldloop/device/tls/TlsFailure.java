package io.fieldloop.device.tls;

import io.fieldloop.device.event.FailureReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way a connection fails, before it is known which alerts crossed the wire. */
record TlsFailure(
        FailureReason reason,
        MbedTlsCode code,
        int flags,
        String text,
        @Nullable Throwable cause) {

    static final TlsFailure NOT_TLS = of(FailureReason.TLS_NOT_TLS, MbedTlsCode.SSL_INVALID_RECORD);
    static final TlsFailure RECORD_TOO_LONG = of(FailureReason.HANDSHAKE_FAILURE, MbedTlsCode.SSL_INVALID_RECORD);
    static final TlsFailure FRAGMENTED = of(FailureReason.HANDSHAKE_FAILURE, MbedTlsCode.SSL_FEATURE_UNAVAILABLE);
    static final TlsFailure HEADER_CUT = of(FailureReason.HANDSHAKE_FAILURE, MbedTlsCode.SSL_INVALID_RECORD);
    static final TlsFailure NO_ROOM = of(FailureReason.HANDSHAKE_FAILURE, MbedTlsCode.SSL_BAD_INPUT_DATA);
    static final TlsFailure UNKNOWN_CURVE = of(FailureReason.CERTIFICATE_UNTRUSTED, MbedTlsCode.PK_UNKNOWN_NAMED_CURVE);
    static final TlsFailure UNKNOWN_KEY = of(FailureReason.CERTIFICATE_UNTRUSTED, MbedTlsCode.PK_UNKNOWN_PK_ALG);
    static final TlsFailure TICKET = of(FailureReason.CONNECTION_LOST, MbedTlsCode.SSL_RECEIVED_NEW_SESSION_TICKET);
    static final TlsFailure EOF = of(FailureReason.TLS_EOF, MbedTlsCode.SSL_CONN_EOF);
    static final TlsFailure RSA_SIGNATURE = of(FailureReason.CERTIFICATE_KEY_MISMATCH, MbedTlsCode.RSA_VERIFY_FAILED);
    static final TlsFailure EC_SIGNATURE = of(FailureReason.CERTIFICATE_KEY_MISMATCH, MbedTlsCode.ECP_VERIFY_FAILED);
    /** {@code ssl_tls13_parse_certificate_verify} hands up no code of the key's. */
    static final TlsFailure TLS_1_3_SIGNATURE =
            of(FailureReason.CERTIFICATE_KEY_MISMATCH, MbedTlsCode.SSL_HANDSHAKE_FAILURE);

    static final TlsFailure HEAP = of(FailureReason.HEAP_EXHAUSTED, MbedTlsCode.SSL_ALLOC_FAILED);
    static final TlsFailure VERSION_NOT_OFFERED =
            of(FailureReason.PROTOCOL_VERSION, MbedTlsCode.SSL_BAD_PROTOCOL_VERSION);
    static final TlsFailure SUITE_NOT_OFFERED = of(FailureReason.HANDSHAKE_FAILURE, MbedTlsCode.SSL_ILLEGAL_PARAMETER);

    private static final int CLOSE_NOTIFY = 0;

    private static TlsFailure of(FailureReason reason, MbedTlsCode code) {
        return new TlsFailure(reason, code, 0, code.text(), null);
    }

    static TlsFailure certificate(int flags) {
        return new TlsFailure(
                CertificateFlags.reason(flags), code(flags), flags, CertificateFlags.describe(flags), null);
    }

    /** What the leaf's key may be used for is looked at after the chain, and alone it has a code of its own. */
    private static MbedTlsCode code(int flags) {
        if (flags == CertificateFlags.FATAL) {
            return MbedTlsCode.X509_FATAL_ERROR;
        }
        boolean onlyUsage = (flags & ~(CertificateFlags.KEY_USAGE | CertificateFlags.EXT_KEY_USAGE)) == 0;
        return onlyUsage ? MbedTlsCode.SSL_BAD_CERTIFICATE : MbedTlsCode.X509_CERT_VERIFY_FAILED;
    }

    /** The peer's fatal alert, or its close_notify in the middle of a handshake. */
    static TlsFailure alertReceived(int alert) {
        return switch (alert) {
            case CLOSE_NOTIFY -> of(FailureReason.TLS_EOF, MbedTlsCode.SSL_PEER_CLOSE_NOTIFY);
            case 40 -> of(FailureReason.HANDSHAKE_FAILURE, MbedTlsCode.SSL_FATAL_ALERT_MESSAGE);
            case 70 -> of(FailureReason.PROTOCOL_VERSION, MbedTlsCode.SSL_FATAL_ALERT_MESSAGE);
            case 112 -> of(FailureReason.UNRECOGNIZED_NAME, MbedTlsCode.SSL_FATAL_ALERT_MESSAGE);
            default -> of(FailureReason.PEER_ALERT, MbedTlsCode.SSL_FATAL_ALERT_MESSAGE);
        };
    }

    /** What this side refused, known by the alert it raised: the code mbedTLS returns next to that alert. */
    static TlsFailure alertRaised(int alert, @Nullable Throwable cause) {
        MbedTlsCode code = switch (alert) {
            case 10 -> MbedTlsCode.SSL_UNEXPECTED_MESSAGE;
            case 20 -> MbedTlsCode.SSL_INVALID_MAC;
            case 22 -> MbedTlsCode.SSL_INVALID_RECORD;
            case 42, 43, 46 -> MbedTlsCode.SSL_BAD_CERTIFICATE;
            case 47 -> MbedTlsCode.SSL_ILLEGAL_PARAMETER;
            case 50 -> MbedTlsCode.SSL_DECODE_ERROR;
            case 70 -> MbedTlsCode.SSL_BAD_PROTOCOL_VERSION;
            case 80 -> MbedTlsCode.SSL_INTERNAL_ERROR;
            case 110 -> MbedTlsCode.SSL_UNSUPPORTED_EXTENSION;
            default -> MbedTlsCode.SSL_HANDSHAKE_FAILURE;
        };
        FailureReason reason = switch (alert) {
            case 42, 43, 46 -> FailureReason.CERTIFICATE_UNTRUSTED;
            case 70 -> FailureReason.PROTOCOL_VERSION;
            default -> FailureReason.HANDSHAKE_FAILURE;
        };
        return new TlsFailure(reason, code, 0, code.text(), cause);
    }

    /** An error of the socket: a reset, also in its form as EPIPE ({@code mbedtls_net_send} tells no difference), or anything else. */
    static TlsFailure socket(IOException cause) {
        String message = cause.getMessage();
        boolean reset = message != null && (message.contains("reset") || message.contains("Broken pipe"));
        MbedTlsCode code = reset ? MbedTlsCode.NET_CONN_RESET : MbedTlsCode.NET_RECV_FAILED;
        return new TlsFailure(
                reset ? FailureReason.TCP_RESET : FailureReason.CONNECTION_LOST, code, 0, code.text(), cause);
    }

    /** An error the library threw without raising an alert. */
    static TlsFailure unexpected(IOException cause) {
        return new TlsFailure(
                FailureReason.HANDSHAKE_FAILURE,
                MbedTlsCode.SSL_INTERNAL_ERROR,
                0,
                MbedTlsCode.SSL_INTERNAL_ERROR.text(),
                cause);
    }

    /** The same failure on a connection that was already in use: a peer's alert stays one, everything else is a lost connection. */
    TlsFailure afterHandshake() {
        boolean told = code == MbedTlsCode.SSL_FATAL_ALERT_MESSAGE;
        return new TlsFailure(
                told ? FailureReason.PEER_ALERT : FailureReason.CONNECTION_LOST, code, flags, text, cause);
    }
}
