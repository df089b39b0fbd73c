package io.fieldloop.device.tls;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Judges a presented chain the way {@code mbedtls_x509_crt_verify} does, and returns its flags.
 *
 * <p>The walk goes up from the leaf. A parent is looked for among the trust anchors first, then only among the
 * certificates presented <em>after</em> the
 * child, so a chain in the wrong order is untrusted. Dates count for every certificate on the path, the anchor included, and only when
 * there is a clock to check them against.
 */
final class CertificateVerifier {

    /** {@code MBEDTLS_X509_MAX_INTERMEDIATE_CA}. */
    private static final int INTERMEDIATES_MAX = 8;

    private final List<ChainCertificate> anchors;
    private final Verification verification;
    private final @Nullable Instant now;
    private final Set<TlsTrait> build;
    private final SharedArithmetic arithmetic;

    /** With no time given, dates are not looked at: mbedTLS without {@code MBEDTLS_HAVE_TIME_DATE}. */
    CertificateVerifier(
            List<ChainCertificate> anchors,
            Verification verification,
            @Nullable Instant now,
            Set<TlsTrait> build,
            SharedArithmetic arithmetic) {
        this.anchors = anchors;
        this.verification = verification;
        this.now = now;
        this.build = build;
        this.arithmetic = arithmetic;
    }

    /** Flags of the whole path, the name, and the leaf's key usage for this key exchange; 0 when all is well. */
    int verify(List<ChainCertificate> presented, String host, int keyExchange) {
        ChainCertificate leaf = presented.get(0);
        boolean named = ServerNameMatcher.matches(leaf.holder(), host, build.contains(TlsTrait.MATCHES_ADDRESSES));
        int flags = (named ? 0 : CertificateFlags.CN_MISMATCH) | keyFlags(leaf);
        return walk(presented, flags) | usageFlags(leaf, keyExchange);
    }

    private int walk(List<ChainCertificate> presented, int flagsOfLeaf) {
        int flags = flagsOfLeaf;
        int selfIssued = 0;
        int next = 1;
        ChainCertificate child = presented.get(0);
        for (int depth = 0; depth <= INTERMEDIATES_MAX; depth++) {
            flags |= dateFlags(child) | (child.hasAcceptedSignature() ? 0 : CertificateFlags.BAD_MD);
            List<ChainCertificate> known = verification == Verification.BUNDLE ? List.of() : anchors;
            if (depth == 0 && child.isSelfIssued() && known.contains(child)) {
                return flags;
            }
            Optional<ChainCertificate> anchor = parent(known, child, depth - selfIssued, true);
            if (anchor.isPresent()) {
                return flags | keyFlags(anchor.get()) | dateFlags(anchor.get());
            }
            List<ChainCertificate> above = presented.subList(Math.min(next, presented.size()), presented.size());
            Optional<ChainCertificate> intermediate = parent(above, child, depth - selfIssued, false);
            if (intermediate.isEmpty()) {
                return flags | unanchored(child, depth == 0 ? flags : 0);
            }
            flags |= signed(intermediate.get(), child) ? 0 : CertificateFlags.NOT_TRUSTED;
            flags |= keyFlags(intermediate.get());
            selfIssued += depth > 0 && child.isSelfIssued() ? 1 : 0;
            child = intermediate.get();
            next = presented.indexOf(child) + 1;
        }
        return flags | CertificateFlags.NOT_TRUSTED;
    }

    /** The bundle is asked about a certificate that has no other fault, a weak hash excepted. */
    private int unanchored(ChainCertificate last, int otherFlags) {
        int others = (otherFlags & ~CertificateFlags.BAD_MD) | dateFlags(last);
        if (verification != Verification.BUNDLE || others != 0) {
            return CertificateFlags.NOT_TRUSTED;
        }
        boolean bundled =
                anchors.stream().anyMatch(anchor -> anchor.subject().equals(last.issuer()) && signed(anchor, last));
        return bundled ? 0 : CertificateFlags.FATAL;
    }

    /** The first certificate that may be the issuer, one whose dates are fine before one whose are not. */
    private Optional<ChainCertificate> parent(
            List<ChainCertificate> candidates, ChainCertificate child, int intermediatesBelow, boolean trusted) {
        List<ChainCertificate> issuers = candidates.stream()
                .filter(candidate -> candidate.subject().equals(child.issuer())
                        && candidate.mayIssue(trusted)
                        && intermediatesBelow <= candidate.pathLengthMax()
                        && (!trusted || signed(candidate, child)))
                .toList();
        return issuers.stream()
                .filter(candidate -> dateFlags(candidate) == 0)
                .findFirst()
                .or(() -> issuers.stream().findFirst());
    }

    private boolean signed(ChainCertificate issuer, ChainCertificate child) {
        return arithmetic.result(Boolean.class, List.of("signed", issuer, child), () -> issuer.signed(child));
    }

    private int dateFlags(ChainCertificate certificate) {
        if (now == null) {
            return 0;
        }
        return (certificate.isPast(now) ? CertificateFlags.EXPIRED : 0)
                | (certificate.isFuture(now) ? CertificateFlags.FUTURE : 0);
    }

    private int keyFlags(ChainCertificate certificate) {
        if (!certificate.hasKnownKey()) {
            return CertificateFlags.BAD_PK;
        }
        return certificate.hasStrongKey(build.contains(TlsTrait.SHORT_CURVES)) ? 0 : CertificateFlags.BAD_KEY;
    }

    /** {@code mbedtls_ssl_check_cert_usage}: what the key is used for depends on the key exchange. */
    private static int usageFlags(ChainCertificate leaf, int keyExchange) {
        int usage = switch (keyExchange) {
            case KeyExchangeAlgorithm.RSA -> KeyUsage.keyEncipherment;
            case KeyExchangeAlgorithm.ECDH_ECDSA, KeyExchangeAlgorithm.ECDH_RSA -> KeyUsage.keyAgreement;
            default -> KeyUsage.digitalSignature;
        };
        Extensions extensions = leaf.holder().getExtensions();
        ExtendedKeyUsage purposes = extensions == null ? null : ExtendedKeyUsage.fromExtensions(extensions);
        boolean forServers = purposes == null
                || purposes.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)
                || purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage);
        return (leaf.allowsUsage(usage) ? 0 : CertificateFlags.KEY_USAGE)
                | (forServers ? 0 : CertificateFlags.EXT_KEY_USAGE);
    }
}
