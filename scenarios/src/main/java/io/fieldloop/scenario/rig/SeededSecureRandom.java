package io.fieldloop.scenario.rig;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.random.RandomGenerator;

/**
 * Gives the same bytes for the same seed to code that insists on a {@link SecureRandom}.
 *
 * <p>Keys made with it are worthless outside the run they were minted for: the virtual rig, where no byte leaves the
 * process.
 */
public final class SeededSecureRandom extends SecureRandom {
    public SeededSecureRandom(RandomGenerator generator) {
        super(new Spi(generator), null);
    }

    private static final class Spi extends SecureRandomSpi {
        private final transient RandomGenerator generator;

        Spi(RandomGenerator generator) {
            this.generator = generator;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // More entropy would only make the run unrepeatable.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            generator.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            generator.nextBytes(seed);
            return seed;
        }
    }
}
