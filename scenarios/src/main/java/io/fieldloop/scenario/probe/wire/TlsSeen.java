package io.fieldloop.scenario.probe.wire;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one TLS handshake.
 *
 * @param version as negotiated; null where it did not come so far
 * @param chain as served, whatever happened afterwards
 * @param protocol what the server chose of ALPN's offer, or null
 * @param splitMessages whether a handshake message did not end in the record it began in
 * @param refusal why there is no session, in half a sentence, or null where there is one
 */
public record TlsSeen(
        @Nullable String version,
        @Nullable Integer suite,
        List<X509Certificate> chain,
        @Nullable String protocol,
        boolean certificateRequested,
        boolean splitMessages,
        @Nullable String refusal) {
    /** Whether the server went along with the offer: it chose version and suite and showed its certificate. */
    public boolean accepted() {
        return version != null && suite != null && !chain.isEmpty();
    }

    /** Whether it said neither yes nor no: it may be busy with another connection, or something on the way drops what it does not like. */
    public boolean unanswered() {
        return !accepted() && refusal != null && refusal.startsWith(Connection.SILENCE);
    }

    /** Whether it ended the handshake before it chose anything, with an alert or without. */
    public boolean refused() {
        return !accepted() && !unanswered();
    }

    /** Whether it said so. */
    boolean refusedByAlert() {
        return refused() && refusal != null && refusal.startsWith("alert ");
    }
}
