package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.journal.JournalEntry;
import java.util.List;

/**
 * How much of a scenario a rig is to play. A story with a power cut is told up to the cut once for all its cases, and from there on for each.
 *
 * @param part which part
 * @param before what was seen of the part before, with its times
 * @param beganNanos when this part begins, on the story's clock
 */
public record Story(Part part, List<JournalEntry> before, long beganNanos) {
    /** All of it. */
    public static final Story WHOLE = new Story(Part.WHOLE, List.of(), 0);

    /** Up to the end of the step in which the power would go, with power all the time. */
    public static final Story UP_TO_THE_CUT = new Story(Part.UP_TO_THE_CUT, List.of(), 0);

    public Story {
        before = List.copyOf(before);
    }

    /** From the moment on when the power comes back. */
    public static Story fromTheCut(List<JournalEntry> before, long beganNanos) {
        return new Story(Part.FROM_THE_CUT, before, beganNanos);
    }

    /** A part. */
    public enum Part {
        WHOLE,
        UP_TO_THE_CUT,
        FROM_THE_CUT
    }
}
