package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Delay;

/** Computes the one-way delay of a packet from its profile. */
public final class DelayPolicy {
    // One draw in a million would otherwise be late by hours: a Pareto tail has no end.
    private static final double PARETO_TAIL_MIN = 1e-6;

    private DelayPolicy() {}

    /** Nanoseconds, never negative; takes {@code slot} and the one after it. */
    public static long nanos(Delay delay, Draws draws, long packet, int slot) {
        double mean = delay.mean().toNanos();
        if (delay.isConstant()) {
            return (long) mean;
        }
        double jitter = delay.jitter().toNanos();
        double nanos = switch (delay.distribution()) {
            case CONSTANT -> mean;
            case UNIFORM -> mean + jitter * (2 * draws.uniform(packet, slot) - 1);
            case NORMAL -> mean + jitter * draws.normal(packet, slot);
            case LOGNORMAL -> lognormal(mean, jitter, draws.normal(packet, slot));
            case PARETO -> pareto(mean, jitter, draws.uniform(packet, slot));
        };
        return Math.max(0, (long) nanos);
    }

    /** Lognormal with this mean and standard deviation. */
    private static double lognormal(double mean, double deviation, double normal) {
        if (mean == 0) {
            return 0;
        }
        double variance = Math.log1p(deviation * deviation / (mean * mean));
        return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal);
    }

    /** Pareto type I with this mean and standard deviation: both fix its shape (always above 2) and its minimum. */
    private static double pareto(double mean, double deviation, double uniform) {
        double shape = 1 + Math.sqrt(1 + mean * mean / (deviation * deviation));
        double minimum = mean * (shape - 1) / shape;
        return minimum * Math.pow(Math.max(uniform, PARETO_TAIL_MIN), -1 / shape);
    }
}
