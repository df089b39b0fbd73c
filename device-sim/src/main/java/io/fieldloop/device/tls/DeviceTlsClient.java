package io.fieldloop.device.tls;

import io.fieldloop.device.tls.crypto.DeviceTlsCrypto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.ServerName;
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

    private final TlsClientConfig config;
    private final DeviceTlsResumption resumption;
    private final FailureNote note = new FailureNote();
    private boolean handshakeComplete;
    private boolean resumed;
    private String version = "";
    private String suite = "";

    DeviceTlsClient(TlsClientConfig config) {
        super(new DeviceTlsCrypto(
                config.random(), config.arithmetic(), !config.shape().has(TlsTrait.REFUSES_PSS_IN_TLS_1_2)));
        this.config = config;
        this.resumption = new DeviceTlsResumption(config);
    }

    /** What went wrong, if anything did. */
    FailureNote note() {
        return note;
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

    @Override
    public @Nullable TlsSession getSessionToResume() {
        return resumption.session12(context.getNonceGenerator());
    }

    @Override
    public @Nullable Vector getExternalPSKs() {
        BasicTlsPSKExternal psk = resumption.psk((BcTlsCrypto) getCrypto());
        return psk == null ? null : new Vector<>(List.of(psk));
    }

    @Override
    public void notifySelectedPSK(@Nullable TlsPSK selected) {
        resumed = selected != null;
    }

    @Override
    public void notifyNewSessionTicket(NewSessionTicket given) {
        resumption.given(given);
    }

    /** A ticket of TLS 1.3 has arrived. */
    void keep(KeptSessions.@Nullable Kept session) {
        resumption.keep(session);
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
            extensions.put(ExtensionType.session_ticket, resumption.ticket12());
        }
        if (resumption.isOn() && shaped.contains(ExtensionType.psk_key_exchange_modes)) {
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
                return identity == null ? null : identity.signer(context, (BcTlsCrypto) getCrypto(), request);
            }
        };
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
            throw note.refuse(TlsFailure.VERSION_NOT_OFFERED, AlertDescription.protocol_version);
        }
        if (!config.shape().cipherSuites().contains(hello.getCipherSuite())) {
            throw note.refuse(TlsFailure.SUITE_NOT_OFFERED, AlertDescription.illegal_parameter);
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
            throw note.refuse(refusal.why(), refusal.alert());
        }
    }

    private int keyExchange() {
        return context.getSecurityParametersHandshake().getKeyExchangeAlgorithm();
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters parameters = context.getSecurityParametersConnection();
        version = ProtocolVersions.name(parameters.getNegotiatedVersion());
        suite = CipherSuiteNames.of(parameters.getCipherSuite());
        if (!TlsUtils.isTLSv13(parameters.getNegotiatedVersion())) {
            resumed = parameters.isResumedSession();
            resumption.keep12(parameters, context.getSession());
        }
        handshakeComplete = true;
    }

    @Override
    public void notifyAlertRaised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        boolean isOfTheSignature = description == AlertDescription.decrypt_error && !serverProven();
        note.raised(level, description, cause, isOfTheSignature ? keyExchange() : null);
    }

    /** Before the server's signature was checked: later the same alert tells of a wrong Finished. */
    private boolean serverProven() {
        return handshakeComplete || keyExchange() == KeyExchangeAlgorithm.RSA;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        note.received(level, description, handshakeComplete);
    }
}
