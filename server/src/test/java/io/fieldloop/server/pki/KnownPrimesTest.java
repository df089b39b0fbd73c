package io.fieldloop.server.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownPrimesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"512, 64", "1024, 64", "2048, 24"})
    void arePrimesThatMakeModuliOfFullLength(int bits, int number) {
        assertThat(KnownPrimes.hexadecimal(bits))
                .hasSize(number)
                .doesNotHaveDuplicates()
                .allSatisfy(hexadecimal -> {
                    BigInteger prime = new BigInteger(hexadecimal, 16);
                    assertThat(prime.isProbablePrime(40)).isTrue();
                    assertThat(prime.shiftRight(bits - 2).intValueExact())
                            .as("top bits")
                            .isEqualTo(3);
                    assertThat(prime.subtract(BigInteger.ONE).mod(BigInteger.valueOf(65_537)))
                            .isNotZero();
                });
    }

    @Test
    void makeSoundKeysThatDifferBySeed() throws GeneralSecurityException {
        CertificateChain one = chain(1);
        assertThat(one.isPair()).isTrue();
        assertThat(one.leaf().getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(chain(1).key()).isEqualTo(one.key());
        assertThat(chain(2).key()).isNotEqualTo(one.key());
    }

    private static CertificateChain chain(long seed) throws GeneralSecurityException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(seed);
        return CertificateAuthority.withKnownPrimes(() -> NOW, random)
                .issue(CertificateRequest.of(List.of("gateway.test"), NOW, Duration.ofDays(90))
                        .withKeyKind(KeyKind.RSA_2048));
    }
}
