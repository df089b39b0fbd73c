package io.fieldloop.device.tls;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/** The first thing that went wrong on one connection, and the alerts that went either way. */
final class FailureNote {
    private @Nullable TlsFailure failure;
    private @Nullable Integer alertSent;
    private @Nullable Integer alertReceived;
    private boolean endsQuietly;

    @Nullable
    TlsFailure failure() {
        return failure;
    }

    @Nullable
    Integer alertSent() {
        return alertSent;
    }

    @Nullable
    Integer alertReceived() {
        return alertReceived;
    }

    /** Whether the error is one for which mbedTLS sends no alert. */
    boolean endsQuietly() {
        return endsQuietly;
    }

    /** Ends the connection without an alert where something is wrong. */
    void endQuietlyIf(@Nullable TlsFailure wrong) throws TlsFatalAlert {
        if (wrong != null) {
            endsQuietly = true;
            throw refuse(wrong, AlertDescription.internal_error);
        }
    }

    /** What the device itself finds wrong, which is told by that alert. */
    TlsFatalAlert refuse(TlsFailure why, short alert) {
        failure = why;
        return new TlsFatalAlert(alert);
    }

    /**
     * The library sends an alert.
     *
     * @param signedFor the key exchange whose signature was wrong; null where that is not what it tells of
     */
    void raised(short level, short description, @Nullable Throwable cause, @Nullable Integer signedFor) {
        alertSent = (int) description;
        if (level == AlertLevel.fatal && failure == null) {
            failure = signedFor == null ? TlsFailure.alertRaised(description, cause) : wrongSignature(signedFor);
        }
    }

    /** {@code ssl_parse_server_key_exchange} hands up what the signature check of the certificate's key returned. */
    private static TlsFailure wrongSignature(int keyExchange) {
        return switch (keyExchange) {
            case KeyExchangeAlgorithm.NULL -> TlsFailure.TLS_1_3_SIGNATURE;
            case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA -> TlsFailure.RSA_SIGNATURE;
            default -> TlsFailure.EC_SIGNATURE;
        };
    }

    /** The server sends one; its close_notify is an end that goes wrong until the handshake is complete. */
    void received(short level, short description, boolean handshakeComplete) {
        alertReceived = (int) description;
        boolean ends =
                level == AlertLevel.fatal || (description == AlertDescription.close_notify && !handshakeComplete);
        if (ends && failure == null) {
            failure = TlsFailure.alertReceived(description);
        }
    }
}
