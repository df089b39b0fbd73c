package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.server.Rates;
import java.util.Map;

/**
 * All that came of a log.
 *
 * @param rates of a server's log with times; empty for others
 */
public record LogReading(Diagnosis diagnosis, Rates rates) {
    LogReading(Diagnosis diagnosis) {
        this(diagnosis, new Rates(Map.of()));
    }
}
