package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Landmark;
import io.fieldloop.scenario.diagnose.server.Rates;
import java.util.List;
import java.util.Map;

/**
 * All that came of a log.
 *
 * @param rates of a server's log with times; empty for others
 * @param ofServer whether a server wrote it, and not a device
 * @param landmarks lines that a log of the other end should have its own for, with their times
 */
public record LogReading(Diagnosis diagnosis, Rates rates, boolean ofServer, List<Landmark> landmarks) {
    public LogReading {
        landmarks = List.copyOf(landmarks);
    }

    LogReading(Diagnosis diagnosis, List<Landmark> landmarks) {
        this(diagnosis, new Rates(Map.of()), false, landmarks);
    }
}
