package io.fieldloop.scenario.probe;

import io.fieldloop.device.tls.ServerNameMatcher;
import io.fieldloop.scenario.probe.finding.CertificateFinding;
import io.fieldloop.scenario.probe.finding.ChainFinding;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** Looks a served chain over as a device would, and says all that is wrong with it, not only the first thing. */
final class ChainExamination {
    private static final int RSA_BITS_MIN = 2048;
    private static final int SMALL_RECORD_BYTES = 4096;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final Set<String> DEVICE_CURVES = Set.of("EC P-256", "EC P-384", "EC P-521");
    private static final Duration SOON = Duration.ofDays(21);

    private final List<X509Certificate> served;
    private final String host;
    private final TrustRoots roots;
    private final Instant now;
    private final List<String> defects = new ArrayList<>();

    ChainExamination(List<X509Certificate> served, String host, TrustRoots roots, Instant now) {
        this.served = served;
        this.host = host;
        this.roots = roots;
        this.now = now;
    }

    ChainFinding examine() {
        List<CertificateFinding> certificates =
                served.stream().map(CertificateFinding::of).toList();
        int bytes = certificates.stream().mapToInt(CertificateFinding::bytes).sum();
        certificates.forEach(this::checkDates);
        boolean namesHost = checkName();
        boolean trusted = checkPath();
        served.forEach(this::checkStrength);
        checkUse(served.get(0));
        if (bytes > SMALL_RECORD_BYTES) {
            defects.add("The chain has " + bytes + " bytes, more than a device with "
                    + "4 KiB of receive buffer can take in one record.");
        }
        long daysLeft = Duration.between(now, certificates.get(0).notAfter()).toDays();
        return new ChainFinding(certificates, bytes, trusted, roots.what(), namesHost, daysLeft, defects);
    }

    private void checkDates(CertificateFinding certificate) {
        if (now.isAfter(certificate.notAfter())) {
            defects.add(certificate.subject() + " expired on " + certificate.notAfter()
                    + "; stock firmware does not look, builds with MBEDTLS_HAVE_TIME_DATE refuse it.");
        } else if (now.isBefore(certificate.notBefore())) {
            defects.add(certificate.subject() + " is valid only from " + certificate.notBefore() + ".");
        } else if (now.plus(SOON).isAfter(certificate.notAfter())) {
            defects.add(certificate.subject() + " expires soon, on " + certificate.notAfter() + ".");
        }
    }

    private boolean checkName() {
        boolean named = isFor(served.get(0));
        List<String> names = CertificateFinding.names(served.get(0));
        if (!named) {
            defects.add("The certificate is not for " + host + " but for " + String.join(", ", names) + ".");
        }
        return named;
    }

    private boolean isFor(X509Certificate leaf) {
        try {
            return ServerNameMatcher.matches(new X509CertificateHolder(leaf.getEncoded()), host);
        } catch (IOException | CertificateEncodingException e) {
            return false;
        }
    }

    /** Follows the signatures from the leaf up, through what was served, to a root that is known. */
    private boolean checkPath() {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate top = served.get(0);
        path.add(top);
        Optional<X509Certificate> root = roots.above(top);
        for (X509Certificate next = issuer(top, path); root.isEmpty() && next != null; next = issuer(top, path)) {
            path.add(next);
            top = next;
            root = roots.above(top);
        }
        if (root.isEmpty()) {
            defects.add(unknownTop(top));
        }
        checkOrder(path);
        checkLast(root.isPresent());
        return root.isPresent();
    }

    private @Nullable X509Certificate issuer(X509Certificate of, List<X509Certificate> path) {
        return served.stream()
                .filter(candidate -> !path.contains(candidate) && CertificateFinding.isSignedBy(of, candidate))
                .findFirst()
                .orElse(null);
    }

    private String unknownTop(X509Certificate top) {
        String subject = top.getSubjectX500Principal().toString();
        if (top.getSubjectX500Principal().equals(top.getIssuerX500Principal())) {
            return (top.equals(served.get(0))
                            ? "The certificate signed itself"
                            : "The chain leads to the root " + subject)
                    + ", which is not among " + roots.what() + "; give your own root with --ca FILE.";
        }
        return "The chain stops at " + subject + ": its issuer " + top.getIssuerX500Principal()
                + " is neither sent nor among " + roots.what()
                + " (an intermediate is missing, or the root is your own: --ca FILE).";
    }

    /** ESP-IDF's bundle is asked for the issuer of the last certificate sent and for no other. */
    private void checkLast(boolean trusted) {
        X509Certificate last = served.get(served.size() - 1);
        if (trusted && roots.above(last).isEmpty()) {
            defects.add(
                    "The last certificate sent is signed by " + last.getIssuerX500Principal() + ", which is not among "
                            + roots.what()
                            + ": ESP-IDF's certificate bundle ends with -0x3000 there, unless the device is built with"
                            + " CONFIG_MBEDTLS_CERTIFICATE_BUNDLE_CROSS_SIGNED_VERIFY.");
        }
    }

    private void checkOrder(List<X509Certificate> path) {
        int shared = Math.min(path.size(), served.size());
        if (!served.subList(0, shared).equals(path.subList(0, shared))) {
            defects.add("The certificates are not in order: each is to be followed by its issuer.");
        } else if (served.size() > path.size()) {
            defects.add((served.size() - path.size()) + " of the " + served.size()
                    + " certificates sent are not needed; they cost every device memory and time.");
        }
    }

    /** mbedTLS looks at both extensions of the leaf, where they are there; desktops forgive the first. */
    private void checkUse(X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            defects.add(
                    "The certificate's key usage does not allow signatures, which every ECDHE suite needs; devices that verify refuse it.");
        }
        if (!CertificateFinding.isForServers(leaf)) {
            defects.add("The certificate's extended key usage does not allow servers; devices that verify refuse it.");
        }
        String key = CertificateFinding.key(leaf);
        if (key.startsWith("EC ") && !DEVICE_CURVES.contains(key)) {
            defects.add("The key is on " + key.substring(3)
                    + ", which stock devices since ESP-IDF 5 do not offer; they have P-256, P-384 and P-521.");
        }
    }

    private void checkStrength(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().toString();
        if (certificate.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")
                && !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            defects.add(subject + " is signed with SHA-1, which mbedTLS refuses.");
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            defects.add(subject + " has an RSA key of only " + rsa.getModulus().bitLength() + " bits.");
        }
    }
}
