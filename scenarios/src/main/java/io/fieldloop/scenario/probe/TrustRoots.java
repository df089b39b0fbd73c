package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.CertificateFinding;
import io.fieldloop.scenario.probe.wire.ExamineException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The roots that devices are taken to know.
 *
 * @param what how to call them in a sentence
 */
public record TrustRoots(String what, List<X509Certificate> certificates) {
    public TrustRoots {
        certificates = List.copyOf(certificates);
    }

    /** The public roots of this Java; a firmware's bundle is near to that, but not the same. */
    public static TrustRoots ofThisJava() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((@Nullable KeyStore) null);
            List<X509Certificate> roots = Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
            return new TrustRoots("the " + roots.size() + " public roots of this Java", roots);
        } catch (GeneralSecurityException e) {
            throw new ExamineException("The public roots of this Java cannot be read; give your own with --ca FILE.");
        }
    }

    /** The root that signed {@code certificate}, or is it. */
    Optional<X509Certificate> above(X509Certificate certificate) {
        return certificates.stream()
                .filter(root -> root.equals(certificate) || CertificateFinding.isSignedBy(certificate, root))
                .findFirst();
    }
}
