package io.fieldloop.scenario.rig;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Derives independent seeds from the scenario's one, by purpose, so that a device more or less does not change what
 * happens to the others.
 *
 * @param scenarioSeed the number in the file or on the command line
 */
public record Seeds(long scenarioSeed) {
    /** The seed of {@code purpose}: FNV-1a over its name, mixed with the scenario's seed (SplitMix64's finaliser). */
    public long of(String purpose) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : purpose.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        long mixed = hash + scenarioSeed * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    public RandomGenerator generator(String purpose) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(of(purpose));
    }
}
