package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.engine.ScenarioRun;
import io.fieldloop.scenario.expect.Judge;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one case in a rig made for it, and judges it. */
public final class CaseRunner {
    private final RigFactory rigs;
    private final @Nullable Long seedOverride;
    private final LongSupplier wallNanos;

    /**
     * @param rigs where cases run
     * @param seedOverride in place of the file's seed, or null
     * @param wallNanos the machine's clock
     */
    public CaseRunner(RigFactory rigs, @Nullable Long seedOverride, LongSupplier wallNanos) {
        this.rigs = rigs;
        this.seedOverride = seedOverride;
        this.wallNanos = wallNanos;
    }

    /** Where cases run. */
    public RigFactory rigs() {
        return rigs;
    }

    /**
     * Runs the case on rigs and threads of its own; blocks until it is over. A case that failed is repeated with its links
     * captured, where that repeats it byte for byte.
     *
     * @param evidence a folder for what the rig leaves behind beside the journal
     */
    public ScenarioResult run(SuiteCase suiteCase, Path evidence, Consumer<JournalEntry> observer) {
        ScenarioResult result = run(rigs, suiteCase, evidence, observer);
        RigFactory capturingRepeat = rigs.capturingRepeat();
        if (result.verdict() == Verdict.FAILED && capturingRepeat != null) {
            run(capturingRepeat, suiteCase, evidence, entry -> {});
        }
        return result;
    }

    private ScenarioResult run(
            RigFactory factory, SuiteCase suiteCase, Path evidence, Consumer<JournalEntry> observer) {
        Scenario scenario = suiteCase.scenario();
        long seed = seedOverride == null ? scenario.seed() : seedOverride;
        Seeds seeds = new Seeds(seed);
        Judge judge = new Judge(scenario, rigs.unobservable(), rigs.unobservableLanes());
        long began = wallNanos.getAsLong();
        try (Rig rig = factory.make(scenario, seeds, evidence)) {
            ScenarioRun run = new ScenarioRun(scenario, rig, seeds, judge);
            run.observe(observer);
            run.observe(rig::noted);
            ScenarioRun.Seen seen = run.start().join();
            // Over half a story "never" would hold and "online" would fail, and neither would mean anything.
            List<ExpectationResult> results = seen.problem() == null ? judge.judge(seen.timeline()) : List.of();
            return new ScenarioResult(
                    suiteCase.id(),
                    scenario.title(),
                    scenario.why(),
                    scenario.links(),
                    scenario.tags(),
                    rigs.kind().wireName(),
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
        List<String> words = new ArrayList<>(List.of("run", suiteCase.argument()));
        words.addAll(rigs.options());
        words.addAll(List.of("--seed", Long.toString(seed)));
        return ShellCommand.of(words);
    }
}
