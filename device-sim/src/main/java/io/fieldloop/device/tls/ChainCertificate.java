package io.fieldloop.device.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentVerifierProviderBuilder;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;
import org.bouncycastle.operator.bc.BcRSAContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;

/** One certificate with the questions mbedTLS asks of it while it walks a chain. */
final class ChainCertificate {

    /** {@code mbedtls_x509_crt_profile_default}: SHA-256 and up, RSA from 2048 bits, since 3.0 any curve of 256 bits and up. */
    private static final Set<ASN1ObjectIdentifier> ACCEPTED_SIGNATURES = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);

    private static final int RSA_BITS_MIN = 2048;
    private static final int EC_BITS_MIN = 256;

    private final ByteBuffer der;
    private final X509CertificateHolder holder;
    private @Nullable AsymmetricKeyParameter key;
    private boolean isKeyRead;

    private ChainCertificate(byte[] der) throws IOException {
        this.der = ByteBuffer.wrap(der).asReadOnlyBuffer();
        this.holder = new X509CertificateHolder(der);
    }

    static ChainCertificate parse(byte[] der) throws IOException {
        return new ChainCertificate(der);
    }

    static ChainCertificate of(X509Certificate certificate) {
        try {
            return parse(certificate.getEncoded());
        } catch (CertificateEncodingException | IOException e) {
            throw new IllegalArgumentException(
                    "Trust anchor " + certificate.getSubjectX500Principal() + " has no DER form.", e);
        }
    }

    X509CertificateHolder holder() {
        return holder;
    }

    X500Name subject() {
        return holder.getSubject();
    }

    X500Name issuer() {
        return holder.getIssuer();
    }

    boolean isSelfIssued() {
        return subject().equals(issuer());
    }

    boolean isPast(Instant now) {
        return now.isAfter(holder.getNotAfter().toInstant());
    }

    boolean isFuture(Instant now) {
        return now.isBefore(holder.getNotBefore().toInstant());
    }

    /** basicConstraints CA, and keyCertSign where a key usage is stated; a trusted version 1 or 2 certificate needs no CA bit. */
    boolean mayIssue(boolean trusted) {
        Extensions extensions = holder.getExtensions();
        BasicConstraints constraints = extensions == null ? null : BasicConstraints.fromExtensions(extensions);
        boolean authority = constraints != null && constraints.isCA();
        return (authority || (trusted && holder.getVersionNumber() < 3)) && allowsUsage(KeyUsage.keyCertSign);
    }

    /** How many further intermediates may stand below this one; {@link Integer#MAX_VALUE} when unlimited. */
    int pathLengthMax() {
        Extensions extensions = holder.getExtensions();
        BasicConstraints constraints = extensions == null ? null : BasicConstraints.fromExtensions(extensions);
        return constraints == null || constraints.getPathLenConstraintInteger() == null
                ? Integer.MAX_VALUE
                : constraints.getPathLenConstraintInteger().intValueExact();
    }

    /** Whether the key usage extension is absent or holds the usage. */
    boolean allowsUsage(int usage) {
        Extensions extensions = holder.getExtensions();
        KeyUsage stated = extensions == null ? null : KeyUsage.fromExtensions(extensions);
        return stated == null || stated.hasUsages(usage);
    }

    boolean hasAcceptedSignature() {
        return ACCEPTED_SIGNATURES.contains(holder.getSignatureAlgorithm().getAlgorithm());
    }

    /** The curve of its key; null for a key that is on none. */
    @Nullable
    ASN1ObjectIdentifier curve() {
        AlgorithmIdentifier algorithm = holder.getSubjectPublicKeyInfo().getAlgorithm();
        return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                        && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                ? curve
                : null;
    }

    /** Whether mbedTLS can read what kind of key it is. */
    boolean hasReadableKey() {
        ASN1ObjectIdentifier algorithm =
                holder.getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm();
        return algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                || algorithm.equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    boolean hasKnownKey() {
        AsymmetricKeyParameter known = key();
        return known instanceof RSAKeyParameters || known instanceof ECKeyParameters;
    }

    boolean hasStrongKey(boolean shortCurves) {
        AsymmetricKeyParameter known = key();
        if (known instanceof RSAKeyParameters rsa) {
            return rsa.getModulus().bitLength() >= RSA_BITS_MIN;
        }
        return known instanceof ECKeyParameters ec
                && (shortCurves || ec.getParameters().getCurve().getFieldSize() >= EC_BITS_MIN);
    }

    boolean signed(ChainCertificate child) {
        AsymmetricKeyParameter known = key();
        if (known == null || !hasKnownKey()) {
            return false;
        }
        DefaultDigestAlgorithmIdentifierFinder digests = new DefaultDigestAlgorithmIdentifierFinder();
        BcContentVerifierProviderBuilder verifiers = known instanceof RSAKeyParameters
                ? new BcRSAContentVerifierProviderBuilder(digests)
                : new BcECContentVerifierProviderBuilder(digests);
        try {
            return child.holder.isSignatureValid(verifiers.build(known));
        } catch (CertException | OperatorCreationException | RuntimeException e) {
            return false;
        }
    }

    /** Only when it is asked for: Bouncy Castle tests whether an RSA modulus can be one, which takes seconds for a bundle of roots. */
    private synchronized @Nullable AsymmetricKeyParameter key() {
        if (!isKeyRead) {
            key = publicKey(holder);
            isKeyRead = true;
        }
        return key;
    }

    private static @Nullable AsymmetricKeyParameter publicKey(X509CertificateHolder holder) {
        try {
            return PublicKeyFactory.createKey(holder.getSubjectPublicKeyInfo());
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChainCertificate that && der.equals(that.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }
}
