package io.fieldloop.server.tls;

import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Certificates and randomness that are the same in every run of the tests. */
final class Fixtures {
    /** Real clients check the date against the real clock, so certificates must hold today. */
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final InstantSource CLOCK = InstantSource.fixed(NOW);

    static final Duration VALIDITY = Duration.ofDays(10_000);

    /** Minted once, since an RSA key takes a while. */
    static final CertificateAuthority AUTHORITY = authority(1);

    private static final CertificateChain RSA = chain(AUTHORITY, KeyKind.RSA_2048, "gateway.test");
    private static final CertificateChain EC = chain(AUTHORITY, KeyKind.P256, "gateway.test");

    private Fixtures() {}

    static SecureRandom random(long seed) {
        try {
            // SHA1PRNG, unlike the others, is a pure function of a seed that is set before its first use.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static CertificateAuthority authority(long seed) {
        return new CertificateAuthority(CLOCK, random(seed));
    }

    static CertificateRequest request(String... names) {
        return CertificateRequest.of(List.of(names), NOW, VALIDITY);
    }

    static CertificateChain chain(CertificateAuthority authority, KeyKind kind, String... names) {
        return authority.issue(request(names).withKeyKind(kind).withDefect(Defect.NONE));
    }

    /** A good chain for gateway.test below {@link #AUTHORITY}. */
    static CertificateChain chain(KeyKind kind) {
        return kind == KeyKind.RSA_2048 ? RSA : EC;
    }
}
