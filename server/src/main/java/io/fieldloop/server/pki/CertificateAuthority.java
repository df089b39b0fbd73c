package io.fieldloop.server.pki;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.jspecify.annotations.Nullable;

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

    private static final String ADDRESS = "127.0.0.1";

    /** With the names of {@link #hostingName} 15.5 KB of chain: a single record holds 16,384. */
    private static final int HOSTED_NAMES = 540;

    private static final int HOSTED_NAMES_TOO_MANY = 800;

    /** Long enough, and in no mbedTLS. */
    private static final String ODD_CURVE = "sect283r1";

    private final InstantSource clock;
    private final KeyMint keys;
    private final CertificateWriter writer;
    private final KeyKind keyKind;
    private final Issuer root;
    private final Issuer intermediate;

    /** An authority with P-256 keys. */
    public CertificateAuthority(InstantSource clock, SecureRandom random) {
        this(clock, random, KeyKind.P256);
    }

    /** An authority whose root and intermediate have keys of this kind, whatever the leaves have. */
    public CertificateAuthority(InstantSource clock, SecureRandom random, KeyKind keyKind) {
        this(clock, random, keyKind, KeyMint.searching(random));
    }

    /**
     * An authority with P-256 keys whose RSA leaves are made of published primes: minted at once, and worthless as secrets.
     *
     * <p>For a network inside one process, where the seed of {@code random} is no secret either.
     */
    public static CertificateAuthority withKnownPrimes(InstantSource clock, SecureRandom random) {
        return new CertificateAuthority(clock, random, KeyKind.P256, KeyMint.drawing(random));
    }

    private CertificateAuthority(InstantSource clock, SecureRandom random, KeyKind keyKind, KeyMint keys) {
        this.clock = clock;
        this.keyKind = keyKind;
        this.keys = keys;
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
            case EXPIRED -> complete(request.endingAt(clock.instant().minus(DEFECT_MARGIN)), intermediate);
            case NOT_YET_VALID -> complete(beginningAt(request, clock.instant().plus(DEFECT_MARGIN)), intermediate);
            case WRONG_NAME -> complete(request.withNames(List.of(WRONG_NAME)), intermediate);
            case MISSING_INTERMEDIATE -> leafOnly(request);
            case SELF_SIGNED -> selfSigned(request);
            case FOREIGN_CA ->
                complete(
                        request,
                        request.above() == null
                                ? newIntermediate(newRoot("Foreign Root"), "Foreign Intermediate")
                                : intermediate);
            case EXPIRED_INTERMEDIATE -> complete(request, expiredIntermediate());
            // The writer knows what to leave out or to do worse.
            case NAME_ONLY_IN_SUBJECT,
                    COMMON_NAME_ONLY,
                    SHA1_SIGNATURE,
                    WRONG_PURPOSE,
                    KEY_ENCIPHERMENT_ONLY,
                    MUST_STAPLE -> complete(request, intermediate);
            case ADDRESS_INSTEAD_OF_NAME -> complete(request.withNames(List.of(ADDRESS)), intermediate);
            case WRONG_ORDER -> wrongOrder(request);
            case EXTRA_CERTIFICATES -> with(complete(request, intermediate), root(), foreignCertificate());
            case CROSS_SIGNED -> with(complete(request, intermediate), crossSigned(root, newRoot("Former Root")));
            case NEW_ROOT_CROSS_SIGNED -> newRootCrossSigned(request);
            case RSA_1024 -> signed(request.withKeyKind(KeyKind.RSA_2048), keys.mintRsa1024(), intermediate);
            case LONG_CHAIN -> complete(request.withNames(hosted(request.names(), HOSTED_NAMES)), intermediate);
            case OVERSIZED_CHAIN ->
                complete(request.withNames(hosted(request.names(), HOSTED_NAMES_TOO_MANY)), intermediate);
            case GENERATION_Y_EC -> generationY(request, KeyKind.P384, "YE", root("X2", KeyKind.P384));
            case GENERATION_Y_RSA -> generationY(request.withKeyKind(KeyKind.RSA_2048), KeyKind.RSA_4096, "YR", null);
            case GENERATION_Y_WITHOUT_CROSS_SIGN -> {
                CertificateChain whole = generationY(request, KeyKind.P384, "YE", null);
                yield new CertificateChain(whole.key(), whole.chain().subList(0, 2));
            }
            case UNKNOWN_CURVE ->
                complete(request, writer.intermediate("Odd Curve", keys.onCurve(ODD_CURVE), root, clock.instant()));
            case OTHER_INTERMEDIATE -> complete(request, newIntermediate(root, "Rotated Intermediate"));
            case KEY_MISMATCH -> mismatched(request);
            case INTERMEDIATE_IS_NO_AUTHORITY -> belowALeaf(request);
        };
    }

    private CertificateChain complete(CertificateRequest request, Issuer issuer) {
        return signed(request, keys.mint(request.keyKind()), issuer);
    }

    private CertificateChain signed(CertificateRequest request, AsymmetricCipherKeyPair pair, Issuer issuer) {
        List<Issuer> path = request.above() == null ? List.of(issuer, root) : path(request, request.above());
        int sent = request.sendsRoot() ? path.size() : path.size() - 1;
        return with(
                new CertificateChain(
                        KeyMint.toJca(pair.getPrivate()), List.of(writer.leaf(request, pair, path.get(0)))),
                path.subList(0, sent).stream().map(Issuer::certificate).toArray(X509Certificate[]::new));
    }

    /** From the one that signs the leaf up to the root, which is sent only where it was asked for. */
    private List<Issuer> path(CertificateRequest request, List<IntermediateRequest> above) {
        List<IntermediateRequest> below = request.sendsRoot() ? above.subList(0, above.size() - 1) : above;
        KeyKind rootKind = request.sendsRoot() ? above.get(above.size() - 1).keyKind() : keyKind;
        List<Issuer> path = new ArrayList<>();
        path.add(request.defect() == Defect.FOREIGN_CA ? root("Foreign Root", rootKind) : root);
        for (int i = below.size() - 1; i >= 0; i--) {
            IntermediateRequest one = below.get(i);
            path.add(
                    0,
                    writer.intermediate("Intermediate " + (i + 1), keys.mint(one.keyKind()), path.get(0), one, i == 0));
        }
        return path;
    }

    private static CertificateChain with(CertificateChain chain, X509Certificate... more) {
        List<X509Certificate> all = new ArrayList<>(chain.chain());
        all.addAll(List.of(more));
        return new CertificateChain(chain.key(), all);
    }

    private Issuer expiredIntermediate() {
        Instant end = clock.instant().minus(DEFECT_MARGIN);
        return writer.intermediate("Expired Intermediate", keys.mint(keyKind), root, clock.instant(), end);
    }

    private CertificateChain wrongOrder(CertificateRequest request) {
        Issuer upper = writer.upperIntermediate("Upper Intermediate", keys.mint(keyKind), root, clock.instant());
        CertificateChain chain = complete(request, newIntermediate(upper, "Lower Intermediate"));
        return new CertificateChain(
                chain.key(),
                List.of(chain.leaf(), upper.certificate(), chain.chain().get(1)));
    }

    private CertificateChain newRootCrossSigned(CertificateRequest request) {
        Issuer newRoot = newRoot("New Root");
        return with(complete(request, newIntermediate(newRoot, "New Intermediate")), crossSigned(newRoot, root));
    }

    private X509Certificate crossSigned(Issuer subject, Issuer by) {
        return writer.crossSigned(subject, by, clock.instant());
    }

    private X509Certificate foreignCertificate() {
        return newIntermediate(newRoot("Foreign Root"), "Foreign Intermediate").certificate();
    }

    private CertificateChain mismatched(CertificateRequest request) {
        CertificateChain chain = complete(request, intermediate);
        AsymmetricCipherKeyPair other = keys.mint(request.keyKind());
        return new CertificateChain(KeyMint.toJca(other.getPrivate()), chain.chain());
    }

    private CertificateChain belowALeaf(CertificateRequest request) {
        AsymmetricCipherKeyPair pair = keys.mint(keyKind);
        CertificateRequest between = CertificateRequest.of(
                List.of("no-authority.invalid"), clock.instant().minus(DEFECT_MARGIN), Duration.ofDays(90));
        CertificateChain chain = complete(request, writer.leafAsIssuer(between, pair, intermediate));
        return with(chain, intermediate.certificate());
    }

    /**
     * Leaf, intermediate, new root, and what leads from there to the run's root.
     *
     * @param over a root between the new one and the run's; null for none
     */
    private CertificateChain generationY(
            CertificateRequest request, KeyKind rootKind, String name, @Nullable Issuer over) {
        Issuer newRoot = root("Root " + name, rootKind);
        KeyKind below = rootKind == KeyKind.RSA_4096 ? KeyKind.RSA_2048 : rootKind;
        Issuer issuing = writer.intermediate(name + "1", keys.mint(below), newRoot, clock.instant());
        CertificateChain chain = complete(request, issuing);
        return over == null
                ? with(chain, crossSigned(newRoot, root))
                : with(chain, crossSigned(newRoot, over), crossSigned(over, root));
    }

    private Issuer root(String name, KeyKind kind) {
        return writer.root(name, keys.mint(kind), clock.instant());
    }

    private static List<String> hosted(List<String> names, int more) {
        List<String> all = new ArrayList<>(names);
        for (int i = 0; i < more; i++) {
            all.add(hostingName(i));
        }
        return all;
    }

    private static String hostingName(int number) {
        return String.format(Locale.ROOT, "site-%04d.hosting.invalid", number);
    }

    private CertificateChain leafOnly(CertificateRequest request) {
        CertificateChain whole = complete(request, intermediate);
        return new CertificateChain(whole.key(), List.of(whole.leaf()));
    }

    private CertificateChain selfSigned(CertificateRequest request) {
        AsymmetricCipherKeyPair pair = keys.mint(request.keyKind());
        return new CertificateChain(KeyMint.toJca(pair.getPrivate()), List.of(writer.selfSignedLeaf(request, pair)));
    }

    private static CertificateRequest beginningAt(CertificateRequest request, Instant begin) {
        return request.endingAt(begin.plus(Duration.between(request.notBefore(), request.notAfter())));
    }

    private Issuer newRoot(String name) {
        return root(name, keyKind);
    }

    private Issuer newIntermediate(Issuer parent, String name) {
        return writer.intermediate(name, keys.mint(keyKind), parent, clock.instant());
    }
}
