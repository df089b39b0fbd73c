package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.engine.ScenarioRun;
import io.fieldloop.scenario.expect.Judge;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one case in a rig made for it, and judges it. */
public final class CaseRunner {
    private final RigKind kind;
    private final @Nullable Long seedOverride;
    private final LongSupplier wallNanos;

    /**
     * @param seedOverride in place of the file's seed, or null
     * @param wallNanos the machine's clock
     */
    public CaseRunner(RigKind kind, @Nullable Long seedOverride, LongSupplier wallNanos) {
        this.kind = kind;
        this.seedOverride = seedOverride;
        this.wallNanos = wallNanos;
    }

    /** Whether the case can run in this rig at all. */
    public boolean applies(Scenario scenario) {
        return scenario.only() == null || scenario.only().rig() == kind;
    }

    /** Runs the case on rigs and threads of its own; blocks until it is over. */
    public ScenarioResult run(SuiteCase suiteCase, Consumer<JournalEntry> observer) {
        Scenario scenario = suiteCase.scenario();
        long seed = seedOverride == null ? scenario.seed() : seedOverride;
        Seeds seeds = new Seeds(seed);
        Judge judge = new Judge(scenario);
        long began = wallNanos.getAsLong();
        try (Rig rig = RigKinds.make(kind, seeds)) {
            ScenarioRun run = new ScenarioRun(scenario, rig, seeds, judge);
            run.observe(observer);
            ScenarioRun.Seen seen = run.start().join();
            // Over half a story "never" would hold and "online" would fail, and neither would mean anything.
            List<ExpectationResult> results = seen.problem() == null ? judge.judge(seen.timeline()) : List.of();
            return new ScenarioResult(
                    suiteCase.id(),
                    scenario.title(),
                    scenario.why(),
                    scenario.links(),
                    scenario.tags(),
                    kind.wireName(),
                    seed,
                    verdict(seen.problem(), results),
                    seen.problem(),
                    results,
                    seen.timeline().entries(),
                    Duration.ofNanos(seen.timeline().endNanos()),
                    Duration.ofNanos(wallNanos.getAsLong() - began),
                    repeat(suiteCase, seed));
        }
    }

    private static Verdict verdict(@Nullable String problem, List<ExpectationResult> results) {
        return problem == null
                ? Verdict.worst(results.stream().map(ExpectationResult::verdict).toList())
                : Verdict.INCONCLUSIVE;
    }

    private String repeat(SuiteCase suiteCase, long seed) {
        return ShellCommand.of(
                List.of("run", suiteCase.argument(), "--rig", kind.wireName(), "--seed", Long.toString(seed)));
    }
}
