package io.fieldloop.device.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsDHGroupVerifier;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSK;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one connection: what is offered, what of the server is accepted, and a note of what happened.
 *
 * <p>Where Bouncy Castle is stricter than mbedTLS it is loosened here: a server without secure renegotiation, odd DH
 * groups down to 1024 bits, long
 * chains.
 */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's signatures are made of Vector and Hashtable
final class DeviceTlsClient extends AbstractTlsClient {

    private static final int DH_BITS_MIN = 1024;
    private static final int CHAIN_LENGTH_MAX = 100;
    private static final int SESSION_ID_BYTES = 32;
    private static final int SHA384_BYTES = 48;

    private final TlsClientConfig config;
    private @Nullable TlsFailure failure;
    private @Nullable Integer alertSent;
    private @Nullable Integer alertReceived;
    private boolean endsQuietly;
    private boolean handshakeComplete;
    private boolean resumed;
    private byte[] ticket = TlsUtils.EMPTY_BYTES;
    private String version = "";
    private String suite = "";

    DeviceTlsClient(TlsClientConfig config) {
        super(new DeviceTlsCrypto(
                config.random(), config.arithmetic(), !config.shape().has(TlsTrait.REFUSES_PSS_IN_TLS_1_2)));
        this.config = config;
    }

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

    boolean isHandshakeComplete() {
        return handshakeComplete;
    }

    String version() {
        return version;
    }

    String suite() {
        return suite;
    }

    boolean isResumed() {
        return resumed;
    }

    private KeptSessions.@Nullable Kept kept() {
        return keepsSessions() ? config.sessions().of(config.serverName()) : null;
    }

    private boolean keepsSessions() {
        return config.shape().has(TlsTrait.KEEPS_SESSIONS);
    }

    /** RFC 5077 3.4, and ssl_prepare_client_hello of mbedTLS: a ticket goes with a random id, from which its holder sees that it was taken. */
    @Override
    public @Nullable TlsSession getSessionToResume() {
        KeptSessions.Kept kept = kept();
        if (kept == null || kept.tls12() == null) {
            return null;
        }
        byte[] id = kept.ticket().length == 0
                ? kept.sessionId()
                : context.getNonceGenerator().generateNonce(SESSION_ID_BYTES);
        return TlsUtils.importSession(id, kept.tls12());
    }

    @Override
    public @Nullable Vector getExternalPSKs() {
        KeptSessions.Kept kept = kept();
        if (kept == null || kept.tls12() != null) {
            return null;
        }
        int prf = kept.key().length == SHA384_BYTES ? PRFAlgorithm.tls13_hkdf_sha384 : PRFAlgorithm.tls13_hkdf_sha256;
        ResumptionSecret key =
                new ResumptionSecret((BcTlsCrypto) getCrypto(), kept.key().clone());
        return new Vector<>(List.of(new BasicTlsPSKExternal(kept.ticket(), key, prf)));
    }

    @Override
    public void notifySelectedPSK(@Nullable TlsPSK selected) {
        resumed = selected != null;
    }

    @Override
    public void notifyNewSessionTicket(NewSessionTicket given) {
        ticket = given.getTicket();
    }

    /** A ticket of TLS 1.3 has arrived. */
    void keep(KeptSessions.@Nullable Kept session) {
        if (session != null && keepsSessions()) {
            config.sessions().keep(config.serverName(), session);
        }
    }

    private void keepTls12(SecurityParameters parameters) {
        if (ticket.length > 0 || (!resumed && parameters.getSessionID().length > 0)) {
            SessionParameters secrets = context.getSession().exportSessionParameters();
            keep(new KeptSessions.Kept(ticket, parameters.getSessionID(), secrets, TlsUtils.EMPTY_BYTES));
        }
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return config.shape().versions().stream().map(ProtocolVersions::named).toArray(ProtocolVersion[]::new);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return config.shape().cipherSuites().stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        return new Vector<>(config.shape().groups());
    }

    @Override
    protected Vector getSupportedSignatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        for (int scheme : config.shape().signatureSchemes()) {
            algorithms.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return algorithms;
    }

    @Override
    protected @Nullable Vector getSNIServerNames() {
        if (!config.shape().sendsServerName()) {
            return null;
        }
        byte[] host = config.serverName().getBytes(StandardCharsets.UTF_8);
        return new Vector<>(List.of(new ServerName(NameType.host_name, host)));
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    /** The library adds what it needs; what the shape does not list and the protocol can do without is taken out again. */
    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        List<Integer> shaped = config.shape().extensions();
        if (shaped.contains(ExtensionType.session_ticket)) {
            KeptSessions.Kept kept = kept();
            extensions.put(
                    ExtensionType.session_ticket,
                    kept == null || kept.tls12() == null ? TlsUtils.EMPTY_BYTES : kept.ticket());
        }
        if (keepsSessions() && shaped.contains(ExtensionType.psk_key_exchange_modes)) {
            TlsExtensionsUtils.addPSKKeyExchangeModesExtension(extensions, new short[] {PskKeyExchangeMode.psk_dhe_ke});
        }
        if (shaped.contains(ExtensionType.max_fragment_length)) {
            TlsExtensionsUtils.addMaxFragmentLengthExtension(
                    extensions, config.heap().maxFragmentLength());
        }
        extensions.keySet().retainAll(shaped);
        return extensions;
    }

    /** mbedTLS asks for short records in TLS 1.3, too, and takes no answer to that: {@code ssl_tls13_parse_encrypted_extensions}. Measured on 3.6.6. */
    @Override
    public void processServerExtensions(Hashtable extensions) throws IOException {
        if (TlsUtils.isTLSv13(context) && TlsExtensionsUtils.getMaxFragmentLengthExtension(extensions) >= 0) {
            throw new TlsFatalAlert(AlertDescription.unsupported_extension);
        }
        super.processServerExtensions(extensions);
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
        return config.shape().extensions().contains(ExtensionType.extended_master_secret);
    }

    @Override
    public void notifySecureRenegotiation(boolean secureRenegotiation) {
        // mbedTLS's default (MBEDTLS_SSL_LEGACY_NO_RENEGOTIATION) talks to servers without RFC 5746; the library would
        // hang up.
    }

    @Override
    public TlsDHGroupVerifier getDHGroupVerifier() {
        return group -> group.getP().bitLength() >= DH_BITS_MIN;
    }

    @Override
    public int getMaxCertificateChainLength() {
        return CHAIN_LENGTH_MAX;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate serverCertificate) {
                // Judged in examine(), before the library's own checks of key usage.
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                ClientIdentity identity = config.identity();
                return identity == null ? null : signer(identity, request);
            }
        };
    }

    private TlsCredentials signer(ClientIdentity identity, CertificateRequest request) throws IOException {
        CertificateEntry[] entries = new CertificateEntry[identity.chain().size()];
        for (int i = 0; i < entries.length; i++) {
            byte[] encoded =
                    ChainCertificate.of(identity.chain().get(i)).holder().getEncoded();
            entries[i] = new CertificateEntry(getCrypto().createCertificate(encoded), null);
        }
        byte[] requestContext = TlsUtils.isTLSv13(context) ? request.getCertificateRequestContext() : null;
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                (BcTlsCrypto) getCrypto(),
                PrivateKeyFactory.createKey(identity.key().getEncoded()),
                new Certificate(CertificateType.X509, requestContext, entries),
                SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256));
    }

    /**
     * Refuses a version or suite that was not offered with mbedTLS's alert and code; drops unsolicited extensions,
     * which mbedTLS ignores.
     */
    void examine(ServerHello hello) throws IOException {
        if (hello.getExtensions() != null && hello.getExtensions().containsKey(ExtensionType.supported_versions)) {
            return; // TLS 1.3: the library's checks are the standard's
        }
        if (!ProtocolVersion.contains(getProtocolVersions(), hello.getVersion())) {
            throw refuse(TlsFailure.VERSION_NOT_OFFERED, AlertDescription.protocol_version);
        }
        if (!config.shape().cipherSuites().contains(hello.getCipherSuite())) {
            throw refuse(TlsFailure.SUITE_NOT_OFFERED, AlertDescription.illegal_parameter);
        }
        if (hello.getExtensions() != null) {
            hello.getExtensions()
                    .keySet()
                    .removeIf(type -> !type.equals(ExtensionType.renegotiation_info)
                            && !config.shape().extensions().contains(type));
        }
    }

    /** The verdict on the server's certificate, heap first. */
    void examine(Certificate certificate) throws IOException {
        ServerCertificates.Refusal refusal = new ServerCertificates(config).judge(certificate, keyExchange());
        if (refusal != null) {
            throw refuse(refusal.why(), refusal.alert());
        }
    }

    private int keyExchange() {
        return context.getSecurityParametersHandshake().getKeyExchangeAlgorithm();
    }

    private TlsFatalAlert refuse(TlsFailure why, short alert) {
        failure = why;
        return new TlsFatalAlert(alert);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters parameters = context.getSecurityParametersConnection();
        version = ProtocolVersions.name(parameters.getNegotiatedVersion());
        suite = CipherSuiteNames.of(parameters.getCipherSuite());
        if (!TlsUtils.isTLSv13(parameters.getNegotiatedVersion())) {
            resumed = parameters.isResumedSession();
            keepTls12(parameters);
        }
        handshakeComplete = true;
    }

    @Override
    public void notifyAlertRaised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        alertSent = (int) description;
        if (level == AlertLevel.fatal && failure == null) {
            boolean signature = description == AlertDescription.decrypt_error && !serverProven();
            failure = signature ? wrongSignature() : TlsFailure.alertRaised(description, cause);
        }
    }

    /** Before the server's signature was checked: later the same alert tells of a wrong Finished. */
    private boolean serverProven() {
        return handshakeComplete || keyExchange() == KeyExchangeAlgorithm.RSA;
    }

    /** {@code ssl_parse_server_key_exchange} hands up what the signature check of the certificate's key returned. */
    private TlsFailure wrongSignature() {
        return switch (keyExchange()) {
            case KeyExchangeAlgorithm.NULL -> TlsFailure.TLS_1_3_SIGNATURE;
            case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA -> TlsFailure.RSA_SIGNATURE;
            default -> TlsFailure.EC_SIGNATURE;
        };
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        alertReceived = (int) description;
        boolean ends =
                level == AlertLevel.fatal || (description == AlertDescription.close_notify && !handshakeComplete);
        if (ends && failure == null) {
            failure = TlsFailure.alertReceived(description);
        }
    }
}
