package io.fieldloop.server.tls;

import io.fieldloop.server.tls.BcTickets.Session;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskIdentity;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.jspecify.annotations.Nullable;

/** The decisions of one handshake on Bouncy Castle's TLS, and a note of what became of it. */
final class BcTlsServer extends AbstractTlsServer {
    private static final int SESSION_ID_BYTES = 32;

    private final BcEngine engine;
    private final BcIdentity identity;
    private final BcFaults faults;
    private final KeyGroups groups;
    private final BcResumption resumption;
    private final BcSecretLog secrets;
    private @Nullable Integer alertSent;
    private @Nullable Integer alertReceived;
    private @Nullable TlsVersion version;
    private String suite = "";
    /** What a TLS 1.3 client's ticket is for; the handshake is one of it or fails. */
    private @Nullable Session psk;

    private boolean resumed;
    private byte[] sessionId = TlsUtils.EMPTY_BYTES;

    BcTlsServer(BcEngine engine, BcIdentity identity, BcFaults faults) {
        super(engine.crypto());
        this.engine = engine;
        this.identity = identity;
        this.faults = faults;
        this.groups = new KeyGroups(engine.handshake().groups());
        this.resumption = new BcResumption(engine.crypto(), engine.tickets());
        this.secrets = new BcSecretLog(engine.keyLog());
    }

    /** Number of the fatal alert this side sent. */
    @Nullable
    Integer alertSent() {
        return alertSent;
    }

    /** Number of the alert by which the client ends the connection. */
    @Nullable
    Integer alertReceived() {
        return alertReceived;
    }

    /** The version agreed upon, once the handshake is complete. */
    @Nullable
    TlsVersion version() {
        return version;
    }

    Set<TlsVersion> servedVersions() {
        return engine.servedVersions();
    }

    /** Whether version and suite were agreed upon, so that what fails later has another cause. */
    boolean answered() {
        return selectedCipherSuite >= 0;
    }

    String suite() {
        return suite;
    }

    /** Whether an earlier session was taken up again. */
    boolean isResumed() {
        return resumed;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return engine.versions();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        Session session = psk;
        if (session != null) {
            return new int[] {session.suite()};
        }
        return identity.isRsa() ? engine.rsaSuites() : engine.ecSuites();
    }

    /** A list that was configured is an order of preference; without one the client's order decides, as with most servers. */
    @Override
    protected boolean preferLocalCipherSuites() {
        return engine.prefersOwnOrder();
    }

    /** Devices drop the connection without one; that is an end, not an attack. */
    @Override
    public boolean requiresCloseNotify() {
        return false;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        SecurityParameters parameters = context.getSecurityParametersHandshake();
        if (TlsUtils.isTLSv13(context)) {
            logHandshakeSecrets();
            return identity.signer(context);
        }
        return switch (parameters.getKeyExchangeAlgorithm()) {
            case KeyExchangeAlgorithm.RSA -> identity.decryptor(context);
            case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA, KeyExchangeAlgorithm.ECDHE_ECDSA ->
                identity.signer(context);
            default -> throw new TlsFatalAlert(AlertDescription.internal_error);
        };
    }

    /** At the one moment between the handshake secrets and the application secrets that replace them. */
    void logHandshakeSecrets() throws IOException {
        secrets.handshake(context.getSecurityParametersHandshake());
    }

    @Override
    public int[] getSupportedGroups() throws IOException {
        return groups.isOpen() ? super.getSupportedGroups() : groups.numbers();
    }

    /** The library asks for the groups of TLS 1.3 alone; in TLS 1.2 it takes any that the client lists. */
    @Override
    protected int getMaximumNegotiableCurveBits() {
        return groups.isOpen()
                ? super.getMaximumNegotiableCurveBits()
                : groups.sharedWith(offeredGroups())
                        .map(NamedGroup::getCurveBits)
                        .max()
                        .orElse(0);
    }

    @Override
    protected int selectECDH(int bitsMin) {
        return groups.isOpen()
                ? super.selectECDH(bitsMin)
                : groups.sharedWith(offeredGroups())
                        .filter(group -> NamedGroup.getCurveBits(group) >= bitsMin)
                        .findFirst()
                        .orElse(-1);
    }

    private int @Nullable [] offeredGroups() {
        return context.getSecurityParametersHandshake().getClientSupportedGroups();
    }

    @Override
    public TlsDHConfig getDHConfig() throws IOException {
        return KeyGroups.namesFiniteField(offeredGroups()) ? super.getDHConfig() : KeyGroups.UNNAMED;
    }

    @Override
    protected @Nullable Vector<ProtocolName> getProtocolNames() {
        List<String> protocols = engine.handshake().protocols();
        return protocols.isEmpty()
                ? null
                : new Vector<>(
                        protocols.stream().map(ProtocolName::asUtf8Encoding).toList());
    }

    /** Says that a ticket follows, where TLS 1.2 has to. */
    @Override
    @SuppressWarnings("unchecked") // the library's signature is made of Hashtable
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
        boolean gives = faults.sendsTicket()
                ? !TlsUtils.isTLSv13(context)
                : resumption.givesTicket12(context.getServerVersion());
        if (gives && takesTicket()) {
            extensions.put(ExtensionType.session_ticket, TlsUtils.EMPTY_BYTES);
        }
        return extensions;
    }

    private boolean takesTicket() {
        return clientExtensions != null && clientExtensions.containsKey(ExtensionType.session_ticket);
    }

    @Override
    public NewSessionTicket getNewSessionTicket() throws IOException {
        return new NewSessionTicket(
                engine.tickets().seconds(),
                faults.sendsTicket()
                        ? faults.takeTicket()
                        : resumption.seal12(context.getSecurityParametersHandshake()));
    }

    /** For a client that knows no tickets. */
    @Override
    public byte[] getNewSessionID() {
        if (!engine.tickets().areGivenIn(TlsVersion.TLSv1_2) || takesTicket()) {
            return TlsUtils.EMPTY_BYTES;
        }
        sessionId = context.getNonceGenerator().generateNonce(SESSION_ID_BYTES);
        return sessionId;
    }

    /** RFC 5077 3.4: a client sends a session id with its ticket to see from the answer whether it was taken. */
    @Override
    public @Nullable TlsSession getSessionToResume(byte[] id) {
        if (id.length == 0 || !ProtocolVersion.TLSv12.equals(context.getServerVersion())) {
            return null;
        }
        byte[] sent = clientExtensions == null ? null : (byte[]) clientExtensions.get(ExtensionType.session_ticket);
        return resumption.session12(id, sent, this::fits, encryptThenMACOffered);
    }

    private boolean fits(Session session) {
        return Arrays.stream(offeredCipherSuites).anyMatch(suite -> suite == session.suite())
                && Arrays.stream(getSupportedCipherSuites()).anyMatch(suite -> suite == session.suite());
    }

    /** The first ticket of a TLS 1.3 client that is ours. */
    @Override
    @SuppressWarnings("rawtypes") // the library's signature
    public @Nullable TlsPSKExternal getExternalPSK(Vector identities) {
        for (Object each : identities) {
            byte[] ticket = ((PskIdentity) each).getIdentity();
            Session session = engine.tickets().open(ticket, TlsVersion.TLSv1_3);
            if (session != null && fits(session)) {
                psk = session;
                return resumption.psk(ticket, session);
            }
        }
        return null;
    }

    /** Whether the session that is being agreed on in TLS 1.3 is given a ticket. */
    boolean givesTicket13() {
        return TlsUtils.isTLSv13(context)
                && clientExtensions != null
                && clientExtensions.containsKey(ExtensionType.psk_key_exchange_modes)
                && engine.tickets().areGivenIn(TlsVersion.TLSv1_3);
    }

    byte[] ticket13(byte[] key) {
        return resumption.seal13(context.getSecurityParametersHandshake(), key);
    }

    long ticketSeconds() {
        return engine.tickets().seconds();
    }

    @Override
    public @Nullable CertificateRequest getCertificateRequest() throws IOException {
        return engine.handshake().clientCertificates() == ClientCertificates.NONE
                ? null
                : engine.clientCertificates().request(context);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (TlsUtils.isTLSv13(context)) {
            // Its own side is done here; who refuses the certificate says so under these.
            secrets.traffic(context.getSecurityParametersHandshake());
        }
        boolean demanded = engine.handshake().clientCertificates() == ClientCertificates.REQUIRED;
        engine.clientCertificates().check(certificate, demanded, TlsUtils.isTLSv13(context));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        SecurityParameters parameters = context.getSecurityParametersConnection();
        version = TlsVersion.ofCode(parameters.getNegotiatedVersion().getFullVersion())
                .orElseThrow(() -> new TlsFatalAlert(AlertDescription.internal_error));
        suite = CipherSuites.name(parameters.getCipherSuite());
        resumed = psk != null || parameters.isResumedSession();
        if (version == TlsVersion.TLSv1_3) {
            secrets.traffic(parameters);
        } else {
            secrets.master(parameters);
            if (sessionId.length > 0) {
                engine.tickets().remember(sessionId, resumption.seal12(parameters));
            }
        }
        forgetHello();
    }

    /** A device may stay for days, and renegotiation, for which Bouncy Castle keeps these, is never granted. */
    private void forgetHello() {
        offeredCipherSuites = null;
        clientExtensions = null;
        serverExtensions.clear();
    }

    @Override
    public void notifyAlertRaised(short level, short description, String message, Throwable cause) {
        if (level == AlertLevel.fatal) {
            alertSent = description & 0xFF;
        }
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        int number = description & 0xFF;
        if (level == AlertLevel.fatal
                || number == AlertDescription.close_notify
                || number == AlertDescription.user_canceled) {
            alertReceived = number;
        }
    }
}
