package io.fieldloop.scenario.probe.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsDHGroupVerifier;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** A TLS client that makes one exact offer, accepts every certificate, and records the answer of the server. */
@SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's signatures are made of Vector
final class ExaminingTlsClient extends AbstractTlsClient {
    private static final int DH_BITS_MIN = 512;
    private static final int CHAIN_LENGTH_MAX = 100;
    private static final int MESSAGE_BYTES_MAX = 1 << 20;

    private final TlsOffer offer;
    private final List<X509Certificate> chain = new ArrayList<>();
    private @Nullable Integer suite;
    private @Nullable Integer alertReceived;
    private boolean certificateRequested;

    ExaminingTlsClient(TlsOffer offer, SecureRandom random) {
        super(new BcTlsCrypto(random));
        this.offer = offer;
    }

    /** What came of it; {@code refusal} is what ended the handshake, unless an alert says it better. */
    TlsSeen seen(@Nullable String refusal, boolean splitMessages) {
        boolean negotiated = suite != null && context != null && context.getServerVersion() != null;
        return new TlsSeen(
                negotiated ? Suites.name(context.getServerVersion()) : null,
                suite,
                List.copyOf(chain),
                chosenProtocol(),
                certificateRequested,
                splitMessages,
                refusal == null ? null : refusalText(refusal));
    }

    private @Nullable String chosenProtocol() {
        ProtocolName name = context == null || context.getSecurityParameters() == null
                ? null
                : context.getSecurityParameters().getApplicationProtocol();
        return name == null ? null : name.getUtf8Decoding();
    }

    private String refusalText(String otherwise) {
        return alertReceived == null ? otherwise : "alert " + named(alertReceived);
    }

    /** {@code 70 (protocol_version)}. */
    static String named(int alert) {
        return alert + " (" + AlertDescription.getName((short) alert) + ")";
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return offer.versions().toArray(ProtocolVersion[]::new);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return offer.suites().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    protected Vector getSupportedSignatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        for (int scheme : offer.signatures()) {
            algorithms.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return algorithms;
    }

    @Override
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        return new Vector<>(offer.groups());
    }

    @Override
    protected @Nullable Vector getSNIServerNames() {
        return offer.serverName() == null
                ? null
                : new Vector<>(List.of(
                        new ServerName(NameType.host_name, offer.serverName().getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    protected @Nullable Vector getProtocolNames() {
        return offer.protocols().isEmpty()
                ? null
                : new Vector<>(offer.protocols().stream()
                        .map(ProtocolName::asUtf8Encoding)
                        .toList());
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    public void notifySecureRenegotiation(boolean secureRenegotiation) {
        // Old servers without RFC 5746 are to be examined, too.
    }

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
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
    public int getMaxHandshakeMessageSize() {
        return MESSAGE_BYTES_MAX;
    }

    @Override
    public void notifySelectedCipherSuite(int selected) {
        suite = selected;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        if (level == AlertLevel.fatal && alertReceived == null) {
            alertReceived = (int) description;
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate served) throws IOException {
                for (TlsCertificate certificate : served.getCertificate().getCertificateList()) {
                    chain.add(certificate(certificate.getEncoded()));
                }
                if (offer.stopsAtCertificate()) {
                    throw new TlsFatalAlert(AlertDescription.user_canceled);
                }
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
                certificateRequested = true;
                return null;
            }
        };
    }

    private static X509Certificate certificate(byte[] encoded) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }
}
