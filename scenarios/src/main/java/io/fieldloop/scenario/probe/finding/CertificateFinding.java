package io.fieldloop.scenario.probe.finding;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;

/**
 * One certificate that was served.
 *
 * @param names its alternative names, DNS and addresses
 * @param key kind and size, such as {@code EC P-256} or {@code RSA 2048}
 */
public record CertificateFinding(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String key,
        String signature,
        int bytes,
        String sha256) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    /** The names by which NIST's curves are known. */
    private static final Map<String, String> CURVES =
            Map.of("1.2.840.10045.3.1.7", "P-256", "1.3.132.0.34", "P-384", "1.3.132.0.35", "P-521");

    public static CertificateFinding of(X509Certificate certificate) {
        try {
            byte[] encoded = certificate.getEncoded();
            return new CertificateFinding(
                    certificate.getSubjectX500Principal().toString(),
                    certificate.getIssuerX500Principal().toString(),
                    alternativeNames(certificate),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    key(certificate),
                    certificate.getSigAlgName(),
                    encoded.length,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was parsed cannot be encoded", e);
        }
    }

    /** Its alternative names, or its subject where it has none. */
    public static List<String> names(X509Certificate certificate) {
        List<String> names = alternativeNames(certificate);
        return names.isEmpty() ? List.of(certificate.getSubjectX500Principal().toString()) : names;
    }

    static List<String> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name ->
                                    Objects.equals(name.get(0), DNS_NAME) || Objects.equals(name.get(0), IP_ADDRESS))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    public static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether its extended key usage, where it has one, allows a TLS server. */
    public static boolean isForServers(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(FOR_SERVERS) || uses.contains(FOR_ANYTHING);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** Kind and size or curve; this Java has fewer curves than there are. */
    public static String key(X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        ASN1Encodable parameters = SubjectPublicKeyInfo.getInstance(
                        certificate.getPublicKey().getEncoded())
                .getAlgorithm()
                .getParameters();
        return parameters instanceof ASN1ObjectIdentifier curve
                ? "EC " + CURVES.getOrDefault(curve.getId(), String.valueOf(ECNamedCurveTable.getName(curve)))
                : certificate.getPublicKey().getAlgorithm();
    }
}
