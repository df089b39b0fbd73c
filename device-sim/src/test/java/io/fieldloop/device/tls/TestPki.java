package io.fieldloop.device.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Root, intermediate and leaves for one test run, with the platform's crypto: not the library under test. */
final class TestPki {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String HOST = "host.test";

    record Chain(PrivateKey key, List<X509Certificate> certificates) {
        Chain only(int... indexes) {
            return new Chain(
                    key, Arrays.stream(indexes).mapToObj(certificates::get).toList());
        }
    }

    private record Authority(X509Certificate certificate, KeyPair keys) {}

    private final SecureRandom random;
    private final Authority root;
    private final Authority intermediate;
    private long serial = 1;

    TestPki(long seed) {
        random = seeded(seed);
        KeyPair rootKeys = ec();
        root = new Authority(sign("CN=Test Root", "CN=Test Root", rootKeys, rootKeys, null, valid(), true), rootKeys);
        KeyPair keys = ec();
        intermediate = new Authority(
                sign("CN=Test Intermediate", "CN=Test Root", keys, root.keys(), null, valid(), true), keys);
    }

    static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    X509Certificate root() {
        return root.certificate();
    }

    record Validity(Instant from, Instant to) {}

    static Validity valid() {
        return new Validity(NOW.minus(Duration.ofDays(30)), NOW.plus(Duration.ofDays(60)));
    }

    static Validity expired() {
        return new Validity(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1)));
    }

    Chain ecLeaf(String name, Validity validity) {
        return leaf(ec(), name, validity);
    }

    Chain rsaLeaf(String name, Validity validity) {
        return leaf(keys("RSA", 2048), name, validity);
    }

    private Chain leaf(KeyPair keys, String name, Validity validity) {
        X509Certificate leaf = sign(
                "CN=" + name,
                "CN=Test Intermediate",
                keys,
                intermediate.keys(),
                new GeneralName(GeneralName.dNSName, name),
                validity,
                false);
        return new Chain(keys.getPrivate(), List.of(leaf, intermediate.certificate(), root.certificate()));
    }

    /** A leaf that names its host in the common name only. */
    Chain commonNameLeaf(String name) {
        KeyPair keys = ec();
        X509Certificate leaf =
                sign("CN=" + name, "CN=Test Intermediate", keys, intermediate.keys(), null, valid(), false);
        return new Chain(keys.getPrivate(), List.of(leaf, intermediate.certificate()));
    }

    /** A leaf named {@code leaf} for an IP address. */
    Chain addressLeaf(String address) {
        KeyPair keys = ec();
        GeneralName name = new GeneralName(GeneralName.iPAddress, address);
        X509Certificate leaf = sign("CN=leaf", "CN=Test Intermediate", keys, intermediate.keys(), name, valid(), false);
        return new Chain(keys.getPrivate(), List.of(leaf, intermediate.certificate()));
    }

    /** A good leaf whose key usage says only that, e.g. keyAgreement. */
    Chain usageLeaf(String name, int usage) {
        KeyPair keys = ec();
        X509Certificate leaf = sign(
                "CN=" + name,
                "CN=Test Intermediate",
                keys,
                intermediate.keys(),
                new GeneralName(GeneralName.dNSName, name),
                valid(),
                false,
                new KeyUsage(usage));
        return new Chain(keys.getPrivate(), List.of(leaf, intermediate.certificate()));
    }

    Chain selfSigned(String name, Validity validity) {
        KeyPair keys = ec();
        GeneralName alternative = new GeneralName(GeneralName.dNSName, name);
        return new Chain(
                keys.getPrivate(), List.of(sign("CN=" + name, "CN=" + name, keys, keys, alternative, validity, false)));
    }

    private X509Certificate sign(
            String subject,
            String issuer,
            KeyPair keys,
            KeyPair issuerKeys,
            @Nullable GeneralName alternative,
            Validity validity,
            boolean authority) {
        return sign(subject, issuer, keys, issuerKeys, alternative, validity, authority, null);
    }

    private X509Certificate sign(
            String subject,
            String issuer,
            KeyPair keys,
            KeyPair issuerKeys,
            @Nullable GeneralName alternative,
            Validity validity,
            boolean authority,
            @Nullable KeyUsage usage) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(serial++),
                    Date.from(validity.from()),
                    Date.from(validity.to()),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (usage != null) {
                builder.addExtension(Extension.keyUsage, true, usage);
            }
            if (alternative != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
            }
            String algorithm =
                    issuerKeys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm)
                            .setSecureRandom(random)
                            .build(issuerKeys.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private KeyPair ec() {
        return keys("EC", 256);
    }

    private KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
