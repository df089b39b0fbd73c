package io.fieldloop.server.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;

/** Writes and signs certificates with the extensions of RFC 5280 that clients look at. */
final class CertificateWriter {
    /** Wide enough to hold every device clock and every leaf a scenario asks for, the unset clock of 2000-01-01 excepted. */
    private static final Duration AUTHORITY_PAST = Duration.ofDays(3650);

    private static final Duration AUTHORITY_FUTURE = Duration.ofDays(7300);
    /** RFC 5280 4.1.2.2 allows 20 octets; 16 random ones with a cleared top bit stay positive and short. */
    private static final int SERIAL_BITS = 127;

    private static final int COMMON_NAME_CHARS_MAX = 64;

    /** RFC 7633. */
    private static final ASN1ObjectIdentifier TLS_FEATURE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");

    private static final int STATUS_REQUEST = 5;

    private final SecureRandom random;
    private final X509ExtensionUtils identifiers = new BcX509ExtensionUtils();

    CertificateWriter(SecureRandom random) {
        this.random = random;
    }

    Issuer root(String name, AsymmetricCipherKeyPair pair, Instant now) {
        X500Name subject = authorityName(name);
        return authority(
                subject,
                pair,
                subject,
                pair,
                now.minus(AUTHORITY_PAST),
                now.plus(AUTHORITY_FUTURE),
                new BasicConstraints(true),
                null);
    }

    Issuer intermediate(String name, AsymmetricCipherKeyPair pair, Issuer parent, Instant now) {
        return intermediate(name, pair, parent, now, now.plus(AUTHORITY_FUTURE));
    }

    Issuer intermediate(String name, AsymmetricCipherKeyPair pair, Issuer parent, Instant now, Instant notAfter) {
        return below(parent, authorityName(name), pair, now, notAfter, new BasicConstraints(0));
    }

    /** @param lowest whether it has no other below it */
    Issuer intermediate(
            String name, AsymmetricCipherKeyPair pair, Issuer parent, IntermediateRequest request, boolean lowest) {
        return authority(
                authorityName(name),
                pair,
                parent.holder().getSubject(),
                parent.pair(),
                request.notBefore(),
                request.notAfter(),
                lowest ? new BasicConstraints(0) : new BasicConstraints(true),
                request.hash());
    }

    /** An intermediate that may have others below it. */
    Issuer upperIntermediate(String name, AsymmetricCipherKeyPair pair, Issuer parent, Instant now) {
        return below(parent, authorityName(name), pair, now, now.plus(AUTHORITY_FUTURE), new BasicConstraints(true));
    }

    /** The subject's name and key once more, signed by another authority. */
    X509Certificate crossSigned(Issuer subject, Issuer by, Instant now) {
        X500Name name = subject.holder().getSubject();
        return below(by, name, subject.pair(), now, now.plus(AUTHORITY_FUTURE), new BasicConstraints(true))
                .certificate();
    }

    private Issuer below(
            Issuer parent,
            X500Name subject,
            AsymmetricCipherKeyPair pair,
            Instant now,
            Instant notAfter,
            BasicConstraints constraints) {
        return authority(
                subject,
                pair,
                parent.holder().getSubject(),
                parent.pair(),
                now.minus(AUTHORITY_PAST),
                notAfter,
                constraints,
                null);
    }

    private Issuer authority(
            X500Name subject,
            AsymmetricCipherKeyPair pair,
            X500Name issuer,
            AsymmetricCipherKeyPair issuerPair,
            Instant notBefore,
            Instant notAfter,
            BasicConstraints constraints,
            @Nullable SignatureHash hash) {
        X509v3CertificateBuilder builder = builder(issuer, subject, pair, notBefore, notAfter);
        try {
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            addKeyIdentifiers(builder, pair, issuerPair);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return issuer(pair, builder.build(signer(issuerPair, hash)));
    }

    X509Certificate leaf(CertificateRequest request, AsymmetricCipherKeyPair pair, Issuer issuer) {
        return toJca(leaf(request, pair, issuer.holder().getSubject(), issuer.pair()));
    }

    X509Certificate selfSignedLeaf(CertificateRequest request, AsymmetricCipherKeyPair pair) {
        return toJca(leaf(request, pair, leafName(request.names()), pair));
    }

    /** A leaf that is made to sign others, which no client should believe. */
    Issuer leafAsIssuer(CertificateRequest request, AsymmetricCipherKeyPair pair, Issuer issuer) {
        return issuer(pair, leaf(request, pair, issuer.holder().getSubject(), issuer.pair()));
    }

    private static Issuer issuer(AsymmetricCipherKeyPair pair, X509CertificateHolder holder) {
        return new Issuer(pair, holder, toJca(holder));
    }

    private X509CertificateHolder leaf(
            CertificateRequest request,
            AsymmetricCipherKeyPair pair,
            X500Name issuer,
            AsymmetricCipherKeyPair issuerPair) {
        X509v3CertificateBuilder builder =
                builder(issuer, leafName(request.names()), pair, request.notBefore(), request.notAfter());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(leafUsage(request)));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose(request.defect())));
            if (request.defect() != Defect.COMMON_NAME_ONLY) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(request));
            }
            if (request.defect() == Defect.MUST_STAPLE) {
                builder.addExtension(TLS_FEATURE, false, new DERSequence(new ASN1Integer(STATUS_REQUEST)));
            }
            addKeyIdentifiers(builder, pair, issuerPair);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build(signer(issuerPair, request.defect() == Defect.SHA1_SIGNATURE ? SignatureHash.SHA1 : null));
    }

    private static KeyPurposeId purpose(Defect defect) {
        return defect == Defect.WRONG_PURPOSE ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth;
    }

    /** Static RSA key exchange of old suites encrypts to the leaf, so an RSA leaf must allow it. */
    private static int leafUsage(CertificateRequest request) {
        int encipher = request.keyKind().modulusBits() > 0 || request.defect() == Defect.KEY_ENCIPHERMENT_ONLY
                ? KeyUsage.keyEncipherment
                : 0;
        return request.defect() == Defect.KEY_ENCIPHERMENT_ONLY ? encipher : KeyUsage.digitalSignature | encipher;
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, AsymmetricCipherKeyPair pair, Instant notBefore, Instant notAfter) {
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        return new X509v3CertificateBuilder(
                issuer, serial, wholeSeconds(notBefore), wholeSeconds(notAfter), subject, publicKeyInfo(pair));
    }

    private static Date wholeSeconds(Instant instant) {
        return Date.from(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    private void addKeyIdentifiers(
            X509v3CertificateBuilder builder, AsymmetricCipherKeyPair pair, AsymmetricCipherKeyPair issuerPair)
            throws IOException {
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(publicKeyInfo(pair)));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(publicKeyInfo(issuerPair)));
    }

    private static SubjectPublicKeyInfo publicKeyInfo(AsymmetricCipherKeyPair pair) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GeneralNames alternativeNames(CertificateRequest request) {
        List<String> names = request.defect() == Defect.NAME_ONLY_IN_SUBJECT
                ? List.of(CertificateAuthority.WRONG_NAME)
                : request.names();
        return new GeneralNames(names.stream()
                .map(name ->
                        new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static X500Name authorityName(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Fieldloop")
                .addRDN(BCStyle.CN, name)
                .build();
    }

    private static X500Name leafName(List<String> names) {
        String name = names.get(0);
        // X.520 ends a common name at 64 characters; clients read the alternative names anyway (RFC 6125).
        String commonName = name.length() <= COMMON_NAME_CHARS_MAX ? name : name.substring(0, COMMON_NAME_CHARS_MAX);
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** @param wanted the hash; null for the one that fits the key */
    private ContentSigner signer(AsymmetricCipherKeyPair issuerPair, @Nullable SignatureHash wanted) {
        boolean rsa = issuerPair.getPrivate() instanceof RSAKeyParameters;
        boolean longCurve = issuerPair.getPrivate() instanceof ECKeyParameters ec
                && ec.getParameters().getN().bitLength() > 256;
        String hash = wanted != null ? wanted.name() : longCurve ? "SHA384" : "SHA256";
        AlgorithmIdentifier signature =
                new DefaultSignatureAlgorithmIdentifierFinder().find(hash + (rsa ? "withRSA" : "withECDSA"));
        AlgorithmIdentifier digest = DefaultDigestAlgorithmIdentifierFinder.INSTANCE.find(signature);
        BcContentSignerBuilder builder = rsa
                ? new BcRSAContentSignerBuilder(signature, digest)
                : new BcECContentSignerBuilder(signature, digest);
        try {
            return builder.setSecureRandom(random).build(issuerPair.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("the key of this authority cannot sign", e);
        }
    }

    private static X509Certificate toJca(X509CertificateHolder holder) {
        try {
            return Jca.certificate(holder);
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was built cannot be read", e);
        }
    }
}
