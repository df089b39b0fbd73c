package io.fieldloop.scenario.diagnose;

/**
 * One thing in the input that speaks for a cause.
 *
 * @param place where it stands: {@code line 12}, {@code packet 17}
 * @param shown what stands there, as it is
 * @param says what it says, a sentence fragment; empty where it speaks for itself
 */
public record Evidence(String place, String shown, String says) {}
