package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Direction;

/**
 * Chance as arithmetic: what is drawn for a packet depends on the seed, the connection's ordinal, the direction and the
 * packet's number, and on nothing else. So both rigs draw the same, whatever else happens in between.
 *
 * <p>The mixing function is SplitMix64's (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
 */
public final class Draws {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final int SLOTS_PER_PACKET = 256;

    private final long base;

    public Draws(long seed, long connection, Direction direction) {
        base = mix(mix(mix(seed + GAMMA) + connection) + (direction == Direction.UPSTREAM ? 1 : 2));
    }

    /** A number above 0 and below 1; {@code slot} tells the draws of one packet apart. */
    public double uniform(long packet, int slot) {
        long bits = mix(base + (packet * SLOTS_PER_PACKET + slot) * GAMMA) >>> 11;
        return (bits + 0.5) * 0x1p-53;
    }

    /** A standard normal number (Box-Muller); takes {@code slot} and the one after it. */
    public double normal(long packet, int slot) {
        double radius = Math.sqrt(-2 * Math.log(uniform(packet, slot)));
        return radius * Math.cos(2 * Math.PI * uniform(packet, slot + 1));
    }

    private static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
