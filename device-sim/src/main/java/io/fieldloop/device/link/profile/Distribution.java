package io.fieldloop.device.link.profile;

/**
 * How one-way delays spread around their mean. The jitter of a delay is its standard deviation, except for
 * {@link #UNIFORM}, where it is the greatest deviation either way.
 */
public enum Distribution {
    /** Every packet takes the mean; jitter is ignored. */
    CONSTANT,
    UNIFORM,
    NORMAL,
    /** Skewed to the right, as measured on cellular access; never below zero. */
    LOGNORMAL,
    /** A hard minimum and a heavy tail: what a scheduler at the cell edge does. */
    PARETO
}
