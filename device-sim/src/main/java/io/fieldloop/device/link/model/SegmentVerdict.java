package io.fieldloop.device.link.model;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the link does to one packet.
 *
 * @param atNanos when it arrives, or when its sender is answered with a reset
 * @param lost how many times it was lost before it got through
 * @param retransmissionNanos how long retransmitting took
 * @param promotedNanos how long it waited for the radio it woke; 0 when it woke none
 * @param handoverNanos how long it waited for a handover
 */
public record SegmentVerdict(
        Outcome outcome, long atNanos, int lost, long retransmissionNanos, long promotedNanos, long handoverNanos) {
    public enum Outcome {
        ARRIVES,
        VANISHES,
        /** Answered with a reset to its sender. */
        REFUSED,
        /** The first packet after the NAT's patience ended; gone without a word. */
        FORGOTTEN_SILENTLY,
        /** The same, answered with a reset to its sender. */
        FORGOTTEN_AND_RESET,
        /** Its sender has retransmitted it in vain as often as it does. */
        GIVEN_UP
    }

    static SegmentVerdict ending(Outcome outcome, long atNanos) {
        return new SegmentVerdict(outcome, atNanos, 0, 0, 0, 0);
    }

    /** What becomes of the packet, where it is more than arriving. */
    @Nullable
    public String inWords() {
        return switch (outcome) {
            case ARRIVES ->
                lost == 0
                        ? null
                        : "packets lost: " + lost + ", which takes "
                                + TimeUnit.NANOSECONDS.toMillis(retransmissionNanos) + " ms";
            case VANISHES -> "dropped: blackhole";
            case REFUSED -> "dropped: reset";
            case FORGOTTEN_SILENTLY, FORGOTTEN_AND_RESET -> "dropped: nat-expired";
            case GIVEN_UP -> "dropped: retransmitted in vain";
        };
    }

    /** Whether its sender is answered with a reset. */
    public boolean isAnswered() {
        return outcome == Outcome.REFUSED || outcome == Outcome.FORGOTTEN_AND_RESET;
    }

    public boolean arrives() {
        return outcome == Outcome.ARRIVES;
    }
}
