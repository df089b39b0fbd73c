package io.fieldloop.scenario.diagnose;

import java.util.List;

/**
 * A line of a log that another log of the same event should have its own line for.
 *
 * @param millis on its log's own clock
 * @param kind whether something began, failed or only went on there
 * @param causes that it speaks for, the finest first
 */
public record Landmark(long millis, Kind kind, Evidence evidence, List<String> causes) {
    /** What such a line is about. */
    public enum Kind {
        /** A device came, or set out to. */
        ARRIVAL,
        /** It failed, or what was open ended. */
        TROUBLE
    }

    public Landmark {
        causes = List.copyOf(causes);
    }
}
