package io.fieldloop.server.tls;

import io.fieldloop.server.event.RefusalReason;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS connection failed.
 *
 * @param alertSent number of the fatal alert the gateway sent, or null
 * @param alertReceived number of the alert the client sent, or null
 * @param text one sentence for the person who reads the record
 */
public record TlsFailure(
        RefusalReason reason,
        @Nullable Integer alertSent,
        @Nullable Integer alertReceived,
        String text) {

    static TlsFailure alertReceived(int alert) {
        return new TlsFailure(
                RefusalReason.TLS_ALERT_RECEIVED,
                null,
                alert,
                "The client ended the handshake with alert " + named(alert) + ".");
    }

    static TlsFailure eof() {
        return new TlsFailure(
                RefusalReason.EOF, null, null, "The client closed the connection during the TLS handshake.");
    }

    /**
     * Names the cause of a failure on the gateway's side, from what was offered and what was answered.
     *
     * @param answered whether a ServerHello was sent, so that version and suite were agreed upon
     */
    static TlsFailure ofEngine(
            ClientHello hello, Set<TlsVersion> served, @Nullable Integer alertSent, boolean answered, Throwable cause) {
        if (cause instanceof RefusedClientCertificate refused) {
            return new TlsFailure(RefusalReason.CLIENT_CERTIFICATE, alertSent, null, refused.getMessage());
        }
        if (!hello.offersAnyOf(served)) {
            return new TlsFailure(
                    RefusalReason.TLS_VERSION,
                    alertSent,
                    null,
                    "The client offers " + hello.versions() + " and the listener serves " + served + ".");
        }
        if (!answered && alertSent != null && alertSent == AlertDescription.handshake_failure) {
            return new TlsFailure(
                    RefusalReason.TLS_NO_SHARED_SUITE,
                    alertSent,
                    null,
                    "Of the " + hello.cipherSuites().size()
                            + " cipher suites the client offers, the listener can serve none with its certificate.");
        }
        return new TlsFailure(
                RefusalReason.TLS_FAILED, alertSent, null, "The TLS handshake failed: " + firstLine(cause) + ".");
    }

    /** Names the cause of a failure after the handshake. */
    static TlsFailure ofConnection(@Nullable Integer alertSent, Throwable cause) {
        return new TlsFailure(
                RefusalReason.TLS_FAILED, alertSent, null, "The TLS connection failed: " + firstLine(cause) + ".");
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no detail");
    }

    /** @param alert what the client is told, or null for nothing */
    static TlsFailure garbage(String text, @Nullable Integer alert) {
        return new TlsFailure(RefusalReason.TLS_GARBAGE, alert, null, text);
    }

    /** An alert as people look it up: number and name of the IANA registry. */
    static String named(int alert) {
        return alert + " (" + AlertDescription.getName((short) alert) + ")";
    }
}
