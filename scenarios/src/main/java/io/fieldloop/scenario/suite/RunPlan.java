package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Instant;
import java.util.List;

/**
 * Which cases a run takes.
 *
 * @param done those of them that an earlier process has finished
 * @param failFast no more cases begin once one did not pass
 * @param started when the run began, wall clock
 * @param command the command line that started it
 */
public record RunPlan(
        List<SuiteCase> cases, List<ScenarioResult> done, boolean failFast, Instant started, String command) {
    public RunPlan {
        cases = List.copyOf(cases);
        done = List.copyOf(done);
    }

    /** All of the cases, as they were asked for. */
    public static RunPlan of(List<SuiteCase> cases, Instant started, String command) {
        return new RunPlan(cases, List.of(), false, started, command);
    }
}
