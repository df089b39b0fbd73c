package io.fieldloop.scenario.diagnose.voice;

import io.fieldloop.scenario.diagnose.tcp.Moment;

/**
 * Sequence numbers that no packet has.
 *
 * @param first of the missing numbers
 * @param packets how many of them are missing
 * @param behind the packet that came in their place
 */
public record Gap(int first, int packets, Moment behind) {
    /** Whether a packet that came late was one of them. */
    boolean holds(int sequence) {
        return sequence - first >= 0 && sequence - first < packets;
    }
}
