package io.fieldloop.server.tls;

import io.fieldloop.server.tls.BcTickets.Session;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Vector;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
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
import org.bouncycastle.tls.crypto.DHGroup;
import org.bouncycastle.tls.crypto.DHStandardGroups;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.jspecify.annotations.Nullable;

/** The decisions of one handshake on Bouncy Castle's TLS, and a note of what became of it. */
final class BcTlsServer extends AbstractTlsServer {
    private static final DHGroup UNNAMED_GROUP =
            new DHGroup(DHStandardGroups.rfc3526_2048.getP(), null, DHStandardGroups.rfc3526_2048.getG(), 0);

    private static final int SESSION_ID_BYTES = 32;

    private final BcEngine engine;
    private final BcIdentity identity;
    private final BcFaults faults;
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
        List<String> groups = engine.handshake().groups();
        return groups.isEmpty()
                ? super.getSupportedGroups()
                : groups.stream()
                        .map(HandshakeConfig::groupNumber)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    /** The library asks for the groups of TLS 1.3 alone; in TLS 1.2 it takes any that the client lists. */
    @Override
    protected int getMaximumNegotiableCurveBits() {
        return engine.handshake().groups().isEmpty()
                ? super.getMaximumNegotiableCurveBits()
                : sharedGroups().map(NamedGroup::getCurveBits).max().orElse(0);
    }

    @Override
    protected int selectECDH(int bitsMin) {
        return engine.handshake().groups().isEmpty()
                ? super.selectECDH(bitsMin)
                : sharedGroups()
                        .filter(group -> NamedGroup.getCurveBits(group) >= bitsMin)
                        .findFirst()
                        .orElse(-1);
    }

    private IntStream sharedGroups() {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        return offered == null
                ? IntStream.empty()
                : Arrays.stream(offered)
                        .filter(group -> NamedGroup.refersToASpecificCurve(group)
                                && engine.handshake().groups().contains(NamedGroup.getName(group)));
    }

    /** A group without a name for a client that lists none of RFC 7919, as a server with a file of parameters has. */
    @Override
    public TlsDHConfig getDHConfig() throws IOException {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        boolean named = offered != null && Arrays.stream(offered).anyMatch(NamedGroup::refersToASpecificFiniteField);
        return named ? super.getDHConfig() : new TlsDHConfig(UNNAMED_GROUP);
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
        SecurityParameters parameters = context.getSecurityParametersHandshake();
        return engine.tickets()
                .seal(new Session(TlsVersion.TLSv1_3.code(), parameters.getCipherSuite(), true, -1, key));
    }

    long ticketSeconds() {
        return engine.tickets().seconds();
    }

    @Override
    public @Nullable CertificateRequest getCertificateRequest() throws IOException {
        if (engine.handshake().clientCertificates() == ClientCertificates.NONE) {
            return null;
        }
        ProtocolVersion agreed = context.getServerVersion();
        Vector<?> algorithms = TlsUtils.isSignatureAlgorithmsExtensionAllowed(agreed)
                ? TlsUtils.getDefaultSupportedSignatureAlgorithms(context)
                : null;
        short[] types = {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign};
        Vector<X500Name> authorities = authorityNames();
        return TlsUtils.isTLSv13(agreed)
                ? new CertificateRequest(TlsUtils.EMPTY_BYTES, algorithms, null, authorities)
                : new CertificateRequest(types, algorithms, authorities);
    }

    /** What servers list so that a client with several certificates finds the one that fits. */
    @SuppressWarnings("JdkObsolete") // the library's signature is made of Vector
    private @Nullable Vector<X500Name> authorityNames() {
        List<X500Name> names = engine.clientCertificates().authorities().stream()
                .map(authority ->
                        X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()))
                .toList();
        return names.isEmpty() ? null : new Vector<>(names);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (TlsUtils.isTLSv13(context)) {
            // Its own side is done here; who refuses the certificate says so under these.
            secrets.traffic(context.getSecurityParametersHandshake());
        }
        if (!certificate.isEmpty()) {
            engine.clientCertificates().check(certificate);
        } else if (engine.handshake().clientCertificates() == ClientCertificates.REQUIRED) {
            short alert = TlsUtils.isTLSv13(context)
                    ? AlertDescription.certificate_required
                    : AlertDescription.handshake_failure;
            throw new RefusedClientCertificate(alert, "The client has no certificate, and the listener asks for one.");
        }
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

    static int[] suitesFor(List<Integer> suites, boolean rsa, RunTlsCrypto crypto) {
        List<Integer> fitting = new ArrayList<>();
        for (int suite : suites) {
            int exchange = TlsUtils.getKeyExchangeAlgorithm(suite);
            boolean fits = switch (exchange) {
                case KeyExchangeAlgorithm.NULL -> true; // TLS 1.3
                case KeyExchangeAlgorithm.RSA, KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA -> rsa;
                case KeyExchangeAlgorithm.ECDHE_ECDSA -> !rsa;
                default -> false;
            };
            if (fits && TlsUtils.isSupportedCipherSuite(crypto, suite)) {
                fitting.add(suite);
            }
        }
        return fitting.stream().mapToInt(Integer::intValue).toArray();
    }
}
