package io.fieldloop.device.tls;

import io.fieldloop.device.tls.crypto.ResumptionSecret;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** What one connection takes up again of the session its device has kept, and what it keeps for the next. */
final class DeviceTlsResumption {
    private static final int SESSION_ID_BYTES = 32;
    private static final int SHA384_BYTES = 48;

    private final TlsClientConfig config;
    private byte[] ticket = TlsUtils.EMPTY_BYTES;

    DeviceTlsResumption(TlsClientConfig config) {
        this.config = config;
    }

    /** Whether this device keeps sessions at all. */
    boolean isOn() {
        return config.shape().has(TlsTrait.KEEPS_SESSIONS);
    }

    private KeptSessions.@Nullable Kept kept(boolean ofTls12) {
        KeptSessions.Kept kept = isOn() ? config.sessions().of(config.serverName()) : null;
        return kept != null && (kept.tls12() != null) == ofTls12 ? kept : null;
    }

    /** RFC 5077 3.4, and ssl_prepare_client_hello of mbedTLS: a ticket goes with a random id, from which its holder sees that it was taken. */
    @Nullable
    TlsSession session12(TlsNonceGenerator random) {
        KeptSessions.Kept kept = kept(true);
        return kept == null
                ? null
                : TlsUtils.importSession(
                        kept.ticket().length == 0 ? kept.sessionId() : random.generateNonce(SESSION_ID_BYTES),
                        kept.tls12());
    }

    /** Empty for a server that is to give the first one. */
    byte[] ticket12() {
        KeptSessions.Kept kept = kept(true);
        return kept == null ? TlsUtils.EMPTY_BYTES : kept.ticket();
    }

    /** The session of TLS 1.3. */
    @Nullable
    BasicTlsPSKExternal psk(BcTlsCrypto crypto) {
        KeptSessions.Kept kept = kept(false);
        if (kept == null) {
            return null;
        }
        int prf = kept.key().length == SHA384_BYTES ? PRFAlgorithm.tls13_hkdf_sha384 : PRFAlgorithm.tls13_hkdf_sha256;
        return new BasicTlsPSKExternal(
                kept.ticket(), new ResumptionSecret(crypto, kept.key().clone()), prf);
    }

    /** A ticket of TLS 1.2 has arrived; its session is complete later. */
    void given(NewSessionTicket given) {
        ticket = given.getTicket();
    }

    void keep12(SecurityParameters parameters, TlsSession session) {
        boolean hasNewId = !parameters.isResumedSession() && parameters.getSessionID().length > 0;
        if (ticket.length > 0 || hasNewId) {
            keep(new KeptSessions.Kept(
                    ticket, parameters.getSessionID(), session.exportSessionParameters(), TlsUtils.EMPTY_BYTES));
        }
    }

    void keep(KeptSessions.@Nullable Kept session) {
        if (session != null && isOn()) {
            config.sessions().keep(config.serverName(), session);
        }
    }
}
