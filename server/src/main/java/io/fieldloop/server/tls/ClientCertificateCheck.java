package io.fieldloop.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Vector;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client's certificate is good for this listener: who issued it, when it holds and what it is for.
 *
 * <p>Order and alerts are OpenSSL's (ssl_x509err2alert in ssl/statem/statem_lib.c): the issuer first, then the purpose, then the dates. RFC 5246
 * 7.4.6 and RFC 8446 4.4.2.4 would let the server go on.
 *
 * @param authorities whose certificates are taken; empty for everybody's, of which only the purpose is looked at
 */
record ClientCertificateCheck(List<X509Certificate> authorities, InstantSource clock) {

    /** How a server asks for one. */
    CertificateRequest request(TlsContext context) throws IOException {
        ProtocolVersion agreed = context.getServerVersion();
        Vector<?> algorithms = TlsUtils.isSignatureAlgorithmsExtensionAllowed(agreed)
                ? TlsUtils.getDefaultSupportedSignatureAlgorithms(context)
                : null;
        short[] types = {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign};
        return TlsUtils.isTLSv13(agreed)
                ? new CertificateRequest(TlsUtils.EMPTY_BYTES, algorithms, null, authorityNames())
                : new CertificateRequest(types, algorithms, authorityNames());
    }

    /** What servers list so that a client with several certificates finds the one that fits. */
    @SuppressWarnings("JdkObsolete") // the library's signature is made of Vector
    private @Nullable Vector<X500Name> authorityNames() {
        List<X500Name> names = authorities.stream()
                .map(authority ->
                        X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()))
                .toList();
        return names.isEmpty() ? null : new Vector<>(names);
    }

    /**
     * Judges what the client answered.
     *
     * @throws RefusedClientCertificate with the alert that tells the client
     */
    void check(Certificate shown, boolean isDemanded, boolean isTls13) throws IOException {
        if (!shown.isEmpty()) {
            check(shown);
        } else if (isDemanded) {
            throw new RefusedClientCertificate(
                    isTls13 ? AlertDescription.certificate_required : AlertDescription.handshake_failure,
                    "The client has no certificate, and the listener asks for one.");
        }
    }

    private void check(Certificate shown) throws IOException {
        List<X509Certificate> chain = parse(shown);
        X509Certificate leaf = chain.get(0);
        CertPathValidatorException wrong = authorities.isEmpty() ? null : validate(chain);
        if (wrong != null && !isAboutDates(wrong)) {
            throw refused(wrong, leaf);
        }
        if (!isForClients(leaf)) {
            throw new RefusedClientCertificate(
                    AlertDescription.unsupported_certificate,
                    "The client's certificate is not for clients: it has no clientAuth.");
        }
        if (wrong != null) {
            throw refused(wrong, leaf);
        }
    }

    private static List<X509Certificate> parse(Certificate shown) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (int i = 0; i < shown.getLength(); i++) {
                byte[] encoded = shown.getCertificateAt(i).getEncoded();
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
            }
        } catch (CertificateException e) {
            throw new RefusedClientCertificate(
                    AlertDescription.bad_certificate, "The client's certificate cannot be read.");
        }
        return chain;
    }

    private @Nullable CertPathValidatorException validate(List<X509Certificate> chain) {
        List<X509Certificate> below = pathOf(chain);
        if (below.isEmpty()) {
            return null;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(authorities.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            return null;
        } catch (CertPathValidatorException e) {
            return e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PKIX", e);
        }
    }

    /** From the leaf up to below an authority; what else was shown, in whatever order, leads nowhere. */
    private List<X509Certificate> pathOf(List<X509Certificate> chain) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate next = chain.get(0);
        while (next != null && !authorities.contains(next) && !path.contains(next)) {
            path.add(next);
            X500Principal issuer = next.getIssuerX500Principal();
            next = chain.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(issuer))
                    .findFirst()
                    .orElse(null);
        }
        return path;
    }

    private static boolean isAboutDates(CertPathValidatorException wrong) {
        return wrong.getReason() == BasicReason.EXPIRED || wrong.getReason() == BasicReason.NOT_YET_VALID;
    }

    private static boolean isForClients(X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes == null
                    || purposes.contains(KeyPurposeId.id_kp_clientAuth.getId())
                    || purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId());
        } catch (CertificateException e) {
            return false;
        }
    }

    private static RefusedClientCertificate refused(CertPathValidatorException wrong, X509Certificate leaf) {
        CertPathValidatorException.Reason reason = wrong.getReason();
        if (reason == BasicReason.EXPIRED) {
            return new RefusedClientCertificate(
                    AlertDescription.certificate_expired,
                    "The client's certificate ended at " + leaf.getNotAfter().toInstant() + ", or one above it.");
        }
        if (reason == BasicReason.NOT_YET_VALID) {
            return new RefusedClientCertificate(
                    AlertDescription.bad_certificate,
                    "The client's certificate begins at " + leaf.getNotBefore().toInstant()
                            + ", or one above it later.");
        }
        if (reason == BasicReason.INVALID_SIGNATURE) {
            return new RefusedClientCertificate(
                    AlertDescription.decrypt_error, "The signature of the client's certificate is not its issuer's.");
        }
        if (reason instanceof PKIXReason) {
            return new RefusedClientCertificate(
                    AlertDescription.unknown_ca,
                    "The client's certificate does not lead to an authority that is trusted here; it was issued by "
                            + leaf.getIssuerX500Principal().getName() + ".");
        }
        return new RefusedClientCertificate(
                AlertDescription.certificate_unknown,
                "The client's certificate was not accepted: " + wrong.getMessage() + ".");
    }
}
