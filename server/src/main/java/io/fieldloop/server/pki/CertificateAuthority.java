package io.fieldloop.server.pki;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/**
 * The certificate authority of one run: a root that devices are given, an intermediate, and server certificates on request.
 *
 * <p>Everything comes from the random source and the clock it was given: the same seed and clock make byte-identical keys, serial numbers
 * and certificates, in the order of the requests. Nothing is stored.
 */
public final class CertificateAuthority {
    /** Names that a {@link Defect#WRONG_NAME} certificate carries instead of the requested ones. */
    public static final String WRONG_NAME = "elsewhere.invalid";

    private static final Duration DEFECT_MARGIN = Duration.ofDays(1);

    private final InstantSource clock;
    private final KeyMint keys;
    private final CertificateWriter writer;
    private final KeyKind keyKind;
    private final Issuer root;
    private final Issuer intermediate;

    /** An authority with P-256 keys. */
    public CertificateAuthority(InstantSource clock, SecureRandom random) {
        this(clock, random, KeyKind.EC_P256);
    }

    /** An authority whose root and intermediate have keys of this kind, whatever the leaves have. */
    public CertificateAuthority(InstantSource clock, SecureRandom random, KeyKind keyKind) {
        this.clock = clock;
        this.keyKind = keyKind;
        this.keys = new KeyMint(random);
        this.writer = new CertificateWriter(random);
        this.root = newRoot("Fieldloop Root");
        this.intermediate = newIntermediate(root, "Fieldloop Intermediate");
    }

    /** The trust anchor of the run's devices. */
    public X509Certificate root() {
        return root.certificate();
    }

    public X509Certificate intermediate() {
        return intermediate.certificate();
    }

    /** The trust anchor in PEM, as firmware and {@code openssl -CAfile} take it. */
    public String rootPem() {
        return PemFiles.pem(List.of(root()));
    }

    /** A key and the certificates a server sends, leaf first and without the root, sound or with the requested defect. */
    public CertificateChain issue(CertificateRequest request) {
        return switch (request.defect()) {
            case NONE -> complete(request, intermediate);
            case EXPIRED -> complete(endingAt(request, clock.instant().minus(DEFECT_MARGIN)), intermediate);
            case NOT_YET_VALID -> complete(beginningAt(request, clock.instant().plus(DEFECT_MARGIN)), intermediate);
            case WRONG_NAME -> complete(named(request, List.of(WRONG_NAME)), intermediate);
            case MISSING_INTERMEDIATE -> leafOnly(request);
            case SELF_SIGNED -> selfSigned(request);
            case FOREIGN_CA -> complete(request, newIntermediate(newRoot("Foreign Root"), "Foreign Intermediate"));
        };
    }

    private CertificateChain complete(CertificateRequest request, Issuer issuer) {
        AsymmetricCipherKeyPair pair = keys.mint(request.keyKind());
        X509Certificate leaf = writer.leaf(request, pair, issuer);
        return new CertificateChain(KeyMint.toJca(pair.getPrivate()), List.of(leaf, issuer.certificate()));
    }

    private CertificateChain leafOnly(CertificateRequest request) {
        CertificateChain whole = complete(request, intermediate);
        return new CertificateChain(whole.key(), List.of(whole.leaf()));
    }

    private CertificateChain selfSigned(CertificateRequest request) {
        AsymmetricCipherKeyPair pair = keys.mint(request.keyKind());
        return new CertificateChain(KeyMint.toJca(pair.getPrivate()), List.of(writer.selfSignedLeaf(request, pair)));
    }

    private static CertificateRequest endingAt(CertificateRequest request, Instant end) {
        Duration length = Duration.between(request.notBefore(), request.notAfter());
        return new CertificateRequest(request.names(), end.minus(length), end, request.keyKind(), request.defect());
    }

    private static CertificateRequest beginningAt(CertificateRequest request, Instant begin) {
        Duration length = Duration.between(request.notBefore(), request.notAfter());
        return new CertificateRequest(request.names(), begin, begin.plus(length), request.keyKind(), request.defect());
    }

    private static CertificateRequest named(CertificateRequest request, List<String> names) {
        return new CertificateRequest(
                names, request.notBefore(), request.notAfter(), request.keyKind(), request.defect());
    }

    private Issuer newRoot(String name) {
        return writer.root(name, keys.mint(keyKind), clock.instant());
    }

    private Issuer newIntermediate(Issuer parent, String name) {
        return writer.intermediate(name, keys.mint(keyKind), parent, clock.instant());
    }
}
