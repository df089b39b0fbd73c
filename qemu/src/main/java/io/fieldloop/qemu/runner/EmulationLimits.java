package io.fieldloop.qemu.runner;

import java.time.Duration;

/**
 * How long the runner waits, and what it takes for hopeless.
 *
 * @param start for QEMU to open its control socket, or for the firmware to say something
 * @param control for QEMU's control socket to say something; forks exist where it never does
 * @param quit for QEMU to end when asked to, before it is killed
 * @param silence for the first output of the firmware
 * @param bootLoopResets so many resets
 * @param bootLoopWithin in so long a time are a boot loop
 */
public record EmulationLimits(
        Duration start,
        Duration control,
        Duration quit,
        Duration silence,
        int bootLoopResets,
        Duration bootLoopWithin) {

    /** What a loaded CI machine needs too. */
    public static EmulationLimits usual() {
        return new EmulationLimits(
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                4,
                Duration.ofSeconds(30));
    }

    public EmulationLimits withSilence(Duration limit) {
        return new EmulationLimits(start, control, quit, limit, bootLoopResets, bootLoopWithin);
    }
}
