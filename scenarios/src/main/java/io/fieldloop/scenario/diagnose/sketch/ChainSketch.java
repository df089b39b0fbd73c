package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Writes a captured chain as a certificate that a run mints: depth, keys, times, names and hashes as they were sent.
 *
 * <p>The name the client asked for becomes that of the run's gateway; the others stay.
 */
public final class ChainSketch {
    private static final String GATEWAY = "gateway.test";
    private static final int NAMES_MAX = 40;
    private static final int RECORD_BYTES = 16_384;
    private static final int RSA_BITS = 2048;
    private static final int MINUTES_PER_DAY = 1440;

    /** What a run mints where nothing else is asked for. */
    private static final String USUAL = "valid: [-1d, +90d], chain: [p256]";

    private static final Map<ASN1Encodable, KeyKind> CURVES = Map.of(
            SECObjectIdentifiers.secp224r1, KeyKind.P224,
            SECObjectIdentifiers.secp256r1, KeyKind.P256,
            SECObjectIdentifiers.secp384r1, KeyKind.P384,
            SECObjectIdentifiers.secp521r1, KeyKind.P521,
            TeleTrusTObjectIdentifiers.brainpoolP256r1, KeyKind.BRAINPOOL_P256);

    private final List<X509Certificate> chain;
    private final @Nullable String asked;
    private final Instant now;

    /** The chain as it is at a time for a client that asked for that name, or for none. */
    public ChainSketch(List<X509Certificate> chain, @Nullable String asked, Instant now) {
        this.chain = chain;
        this.asked = asked;
        this.now = now;
    }

    /** The value of {@code certificate:}; empty where a run's own without a defect is alike. */
    String yaml(Defect wanted, int bytes) {
        X509Certificate leaf = chain.get(0);
        List<String> names = names(leaf);
        boolean many = names.size() > NAMES_MAX && wanted == Defect.NONE;
        Defect defect = !many ? wanted : bytes > RECORD_BYTES ? Defect.OVERSIZED_CHAIN : Defect.LONG_CHAIN;
        List<String> parts = new ArrayList<>();
        if (defect != Defect.NONE) {
            parts.add("defect: " + Kebab.of(defect));
        }
        boolean named = defect != Defect.NAME_ONLY_IN_SUBJECT && !names.isEmpty() && !names.equals(List.of(GATEWAY));
        if (named) {
            parts.add("names: ["
                    + names.stream()
                            .limit(many ? 1 : NAMES_MAX)
                            .map(Sketch::quoted)
                            .collect(Collectors.joining(", "))
                    + "]");
        }
        if (kind(leaf.getPublicKey()) != KeyKind.P256 && defect != Defect.RSA_1024) {
            parts.add("key: " + Kebab.of(kind(leaf.getPublicKey())));
        }
        parts.add("valid: " + valid(leaf));
        if (!defect.makesTheChain()) {
            parts.add("chain: [" + chain.stream().skip(1).map(this::link).collect(Collectors.joining(", ")) + "]");
        }
        String yaml = String.join(", ", parts);
        return yaml.equals(USUAL) ? "" : "{ " + yaml + " }";
    }

    /** Whether each has signed the one before it, as a chain that a run mints does. */
    boolean isLinked() {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return true;
    }

    /** Such as {@code p256}, or a mapping where there is more to say than that. */
    private String link(X509Certificate one) {
        String key = Kebab.of(kind(one.getPublicKey()));
        List<String> more = new ArrayList<>();
        // An authority of a run has been one for ten years and stays one for twenty.
        if (now.isBefore(one.getNotBefore().toInstant())
                || now.plus(Duration.ofDays(365)).isAfter(one.getNotAfter().toInstant())) {
            more.add("valid: " + valid(one));
        }
        if (one.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")) {
            more.add("signature: sha1");
        }
        if (isSelfSigned(one)) {
            more.add("root: true");
        }
        return more.isEmpty() ? key : "{ key: " + key + ", " + String.join(", ", more) + " }";
    }

    public boolean hasKey(KeyKind kind) {
        return chain.stream().anyMatch(one -> kind(one.getPublicKey()) == kind);
    }

    static boolean isSelfSigned(X509Certificate one) {
        return one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
    }

    private String valid(X509Certificate one) {
        return "[" + offset(one.getNotBefore().toInstant()) + ", "
                + offset(one.getNotAfter().toInstant()) + "]";
    }

    private String offset(Instant then) {
        return offset(now, then);
    }

    /** As exact as it matters: connections of one capture see one certificate at slightly different times. */
    static String offset(Instant now, Instant then) {
        Duration offset = Duration.between(now, then);
        Duration length = offset.abs();
        String sign = offset.isNegative() ? "-" : "+";
        if (length.toDays() >= 2 || length.toMinutes() == MINUTES_PER_DAY) {
            return sign + length.plusHours(12).toDays() + "d";
        }
        return sign + (length.toHours() >= 2 ? length.toMinutes() + "m" : length.toSeconds() + "s");
    }

    /** Its names for the run; empty where it has none. */
    private List<String> names(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            if (leaf.getSubjectAlternativeNames() != null) {
                leaf.getSubjectAlternativeNames().forEach(one -> names.add(String.valueOf(one.get(1))));
            }
        } catch (CertificateParsingException unreadable) {
            return names;
        }
        String own = asked == null && !names.isEmpty() ? names.get(0) : asked;
        return names.stream().map(name -> name(name, own)).distinct().toList();
    }

    private static String name(String name, @Nullable String own) {
        if (name.equalsIgnoreCase(own)) {
            return GATEWAY;
        } else if (own != null && name.startsWith("*.") && own.endsWith(name.substring(1))) {
            return "*.test";
        }
        return name.equals(GATEWAY) ? "other.test" : name;
    }

    /** By its number, since Java no longer reads all curves. */
    private static KeyKind kind(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() > RSA_BITS ? KeyKind.RSA_4096 : KeyKind.RSA_2048;
        }
        AlgorithmIdentifier algorithm =
                SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
        return algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
                ? KeyKind.ED25519
                : CURVES.getOrDefault(algorithm.getParameters(), KeyKind.P256);
    }
}
