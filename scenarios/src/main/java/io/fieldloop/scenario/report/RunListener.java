package io.fieldloop.scenario.report;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;

/**
 * Receives the progress of a run.
 *
 * <p>Several cases may run at once, so calls come from any thread and interleave; {@code runFinished} may come from a
 * shutdown hook while cases still run.
 */
public interface RunListener {
    /** The run begins, in {@code rig} and with as many cases as are {@code planned}. */
    void runStarted(int planned, RigKind rig);

    /** A case begins; cases begin in the order in which they were asked for. */
    void scenarioStarted(String id, String title, RigKind rig);

    /**
     * Something happened in a running case. May be called for every event: whoever listens does the throttling.
     *
     * @param simulated time passed inside the scenario
     * @param events journal entries so far
     */
    void scenarioProgress(String id, Duration simulated, long events);

    /** Called several times a second, whether anything happens or not. */
    default void timePassed() {}

    /** A case has its verdict; {@code files} says where its journal lies or will lie. */
    void scenarioFinished(ScenarioResult result, RunDirectory files);

    /** The reports are written; nothing follows. */
    void runFinished(RunResult result, RunDirectory files);
}
