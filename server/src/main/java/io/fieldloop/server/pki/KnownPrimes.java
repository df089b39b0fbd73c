package io.fieldloop.server.pki;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws primes from those of each size that lie in the jar.
 *
 * <p>To search for one takes longer than all the rest of a short run. Everyone can factor a modulus made of these, so they are for keys
 * of a network that exists inside one process only.
 */
final class KnownPrimes {
    private final RandomGenerator random;

    KnownPrimes(RandomGenerator random) {
        this.random = random;
    }

    BigInteger draw(int bits) {
        List<String> primes = hexadecimal(bits);
        return new BigInteger(primes.get(random.nextInt(primes.size())), 16);
    }

    /** Each with both top bits set and one less than it without the factor 65,537. */
    static List<String> hexadecimal(int bits) {
        String resource = "known-primes-" + bits + ".txt";
        try (InputStream in = KnownPrimes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The gateway's jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway's jar is damaged at " + resource, e);
        }
    }
}
