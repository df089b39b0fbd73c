package io.fieldloop.server.tls;

import io.fieldloop.server.tls.BcTickets.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Hashtable;
import java.util.function.Predicate;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** Makes tickets of sessions on Bouncy Castle's TLS, and sessions of tickets. */
record BcResumption(RunTlsCrypto crypto, BcTickets tickets) {
    private static final int SHA384_BYTES = 48;

    boolean givesTicket12(ProtocolVersion version) {
        return ProtocolVersion.TLSv12.equals(version) && tickets.areGivenIn(TlsVersion.TLSv1_2);
    }

    /** A ticket for a session of TLS 1.2. */
    byte[] seal12(SecurityParameters parameters) throws IOException {
        return tickets.seal(new Session(
                parameters.getNegotiatedVersion().getFullVersion(),
                parameters.getCipherSuite(),
                parameters.isExtendedMasterSecret(),
                parameters.getMaxFragmentLength(),
                BcSecretLog.copy(parameters.getMasterSecret())));
    }

    /** A ticket for a session of TLS 1.3, with the key that the next one begins with. */
    byte[] seal13(SecurityParameters parameters, byte[] key) {
        return tickets.seal(new Session(TlsVersion.TLSv1_3.code(), parameters.getCipherSuite(), true, -1, key));
    }

    /**
     * The session of TLS 1.2 that a client wants to take up again; null where it is none of ours, or no longer good.
     *
     * @param sent the ticket the client has sent; empty or null for one that goes by the id
     * @param fits whether it can be taken up in this handshake
     */
    @Nullable
    TlsSession session12(byte[] id, byte @Nullable [] sent, Predicate<Session> fits, boolean encryptThenMac) {
        byte[] ticket = sent == null || sent.length == 0 ? tickets.ofId(id) : sent;
        Session session = ticket == null ? null : tickets.open(ticket, TlsVersion.TLSv1_2);
        if (session == null || !fits.test(session)) {
            return null;
        }
        try {
            return TlsUtils.importSession(
                    id,
                    new SessionParameters.Builder()
                            .setCipherSuite(session.suite())
                            .setExtendedMasterSecret(session.extendedMasterSecret())
                            .setMasterSecret(crypto.createSecret(session.secret()))
                            .setNegotiatedVersion(ProtocolVersion.TLSv12)
                            .setServerExtensions(extensionsOf(session, encryptThenMac))
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("JdkObsolete") // the library's signature is made of Hashtable
    private static Hashtable<Integer, byte[]> extensionsOf(Session session, boolean encryptThenMac) throws IOException {
        Hashtable<Integer, byte[]> extensions = new Hashtable<>();
        if (session.maxFragment() >= 0) {
            TlsExtensionsUtils.addMaxFragmentLengthExtension(extensions, (short) session.maxFragment());
        }
        if (encryptThenMac && TlsUtils.isBlockCipherSuite(session.suite())) {
            TlsExtensionsUtils.addEncryptThenMACExtension(extensions);
        }
        return extensions;
    }

    /** What a handshake of TLS 1.3 goes on with. */
    TlsPSKExternal psk(byte[] ticket, Session session) {
        return new BasicTlsPSKExternal(
                ticket,
                new ResumptionSecret(crypto, session.secret()),
                session.secret().length == SHA384_BYTES
                        ? PRFAlgorithm.tls13_hkdf_sha384
                        : PRFAlgorithm.tls13_hkdf_sha256);
    }
}
