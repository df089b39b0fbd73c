package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for tests of the command line, and the JDK's trust in one. */
@OwnsWallClock("the JDK judges certificates by the machine's clock")
public final class TestCertificate {
    private TestCertificate() {}

    /** A new key, certificate and authority on every call. */
    public static CertificateChain one() {
        InstantSource clock = InstantSource.system();
        return new CertificateAuthority(clock, new SecureRandom())
                .issue(CertificateRequest.of(List.of("gateway.test"), clock.instant(), Duration.ofDays(1)));
    }

    public static SSLContext trusting(Path rootPem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(rootPem)) {
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
