package io.fieldloop.scenario.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A whole run: the cases that finished, in the order they were run.
 *
 * @param started when the run began, wall clock
 * @param wall how long it took
 * @param scenarios finished cases
 * @param planned how many cases were to be run; more than {@code scenarios} when the run was stopped, or a part of it is
 *     missing
 * @param command the command line that started it
 * @param merged whether it was put together from its parts
 */
public record RunResult(
        Instant started, Duration wall, List<ScenarioResult> scenarios, int planned, String command, boolean merged) {
    public RunResult {
        scenarios = List.copyOf(scenarios);
    }

    /** A run in one piece. */
    public RunResult(Instant started, Duration wall, List<ScenarioResult> scenarios, int planned, String command) {
        this(started, wall, scenarios, planned, command, false);
    }

    public boolean interrupted() {
        return scenarios.size() < planned;
    }

    public long count(Verdict verdict) {
        return scenarios.stream().filter(s -> s.verdict() == verdict).count();
    }

    /** Worst verdict of its cases; a run cut short without a failure concludes nothing. */
    public Verdict verdict() {
        Verdict worst =
                Verdict.worst(scenarios.stream().map(ScenarioResult::verdict).toList());
        return interrupted() && worst == Verdict.PASSED ? Verdict.INCONCLUSIVE : worst;
    }
}
