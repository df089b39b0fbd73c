package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.engine.Generator;
import io.fieldloop.scenario.engine.ScenarioRun;
import io.fieldloop.scenario.expect.Judge;
import io.fieldloop.scenario.expect.Timeline;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.socket.ResourceShortage;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one case in a rig made for it, and judges it. */
public final class CaseRunner {
    /** The engine itself ends a case before that, unless its loop stands still. */
    public static final Duration WALL_MAX = Duration.ofMinutes(32);

    /** Device and gateway wait five seconds and more for each other; a tenth of it is no reason to fail. */
    private static final Duration LAG_MAX = Duration.ofSeconds(1);

    private final RigFactory rigs;
    private final @Nullable Long seedOverride;
    private final LongSupplier wallNanos;
    private final Duration wallMax;
    private final Generator generator;

    /**
     * @param rigs where cases run
     * @param seedOverride in place of the file's seed where a case brings none of its own, or null
     * @param wallNanos the machine's clock
     */
    public CaseRunner(RigFactory rigs, @Nullable Long seedOverride, LongSupplier wallNanos) {
        this(rigs, seedOverride, wallNanos, WALL_MAX, Generator.ALONE);
    }

    /**
     * @param wallMax how long a case may take of real time, whatever its rig and whatever holds it up
     * @param generator the one of several that put a load on a gateway together
     */
    public CaseRunner(
            RigFactory rigs,
            @Nullable Long seedOverride,
            LongSupplier wallNanos,
            Duration wallMax,
            Generator generator) {
        this.rigs = rigs;
        this.seedOverride = seedOverride;
        this.wallNanos = wallNanos;
        this.wallMax = wallMax;
        this.generator = generator;
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
        long seed = seed(suiteCase);
        Seeds seeds = new Seeds(seed);
        Judge judge = judge(scenario);
        long began = wallNanos.getAsLong();
        if (suiteCase.obstacle() != null) {
            return notRun(suiteCase, seed, suiteCase.obstacle(), began);
        }
        factory.prepare(scenario, seeds, evidence, common -> seenOf(scenario, common, seeds, judge));
        try (Rig rig = factory.make(scenario, seeds, evidence)) {
            ScenarioRun run = new ScenarioRun(scenario, rig, seeds, judge, generator);
            run.observe(observer);
            run.observe(rig::noted);
            ScenarioRun.Seen seen = run.start()
                    .orTimeout(wallMax.toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionally(failure -> run.abandoned(failure instanceof TimeoutException ? tooLong() : failure))
                    .join();
            // Over half a story "never" would hold and "online" would fail, and neither would mean anything.
            List<ExpectationResult> results = seen.problem() != null
                    ? judge.crashes(seen.timeline())
                    : generator.isAlone() ? judge.judge(seen.timeline()) : judge.generators(seen.timeline());
            if (seen.problem() == null
                    && Verdict.worst(verdicts(results)) == Verdict.FAILED
                    && rig.worstLag().compareTo(LAG_MAX) > 0) {
                seen = new ScenarioRun.Seen(seen.timeline(), tooBusy(rig.worstLag()));
                results = List.of();
            }
            return result(suiteCase, seed, seen, results, began);
        } catch (RuntimeException | LinkageError failure) {
            Optional<RigException> shortage = ResourceShortage.in(failure);
            if (shortage.isEmpty()) {
                throw failure;
            }
            return notRun(suiteCase, seed, String.valueOf(shortage.get().getMessage()), began);
        }
    }

    private long seed(SuiteCase suiteCase) {
        return suiteCase.scenario().seed(suiteCase.seed() == null ? seedOverride : suiteCase.seed());
    }

    private Judge judge(Scenario scenario) {
        return new Judge(scenario, rigs.unobservable(), rigs.unobservableLanes());
    }

    /**
     * How many writes there are that the power of a case can go at; its story is played up to there, once for all cases that begin so.
     *
     * @throws RigException in one sentence where that could not be finished
     */
    int writes(SuiteCase suiteCase, Path evidence) {
        Scenario scenario = suiteCase.scenario();
        Seeds seeds = new Seeds(seed(suiteCase));
        List<String> problems = new ArrayList<>();
        rigs.prepare(scenario, seeds, evidence, common -> {
            ScenarioRun.Seen seen = told(scenario, common, seeds, judge(scenario));
            Optional.ofNullable(seen.problem()).ifPresent(problems::add);
            return seen.problem() == null ? seen.timeline().entries() : null;
        });
        return rigs.writes(scenario, seeds).orElseThrow(() -> new RigException(String.join(" ", problems)));
    }

    /** What cases have in common; null where that could not be finished, which the case itself then tells. */
    private @Nullable List<JournalEntry> seenOf(Scenario scenario, Rig rig, Seeds seeds, Judge judge) {
        ScenarioRun.Seen seen = told(scenario, rig, seeds, judge);
        return seen.problem() == null ? seen.timeline().entries() : null;
    }

    private ScenarioRun.Seen told(Scenario scenario, Rig rig, Seeds seeds, Judge judge) {
        ScenarioRun run = new ScenarioRun(scenario, rig, seeds, judge, generator);
        return run.start()
                .orTimeout(wallMax.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(run::abandoned)
                .join();
    }

    private RigException tooLong() {
        return new RigException(
                "The case did not end within " + TimeText.of(wallMax) + " of real time and was given up.");
    }

    private static String tooBusy(Duration lag) {
        return "The harness itself was up to " + TimeText.of(lag)
                + " late, so what failed may be its own doing; run fewer devices, or leave it more of this machine.";
    }

    private ScenarioResult notRun(SuiteCase suiteCase, long seed, String why, long began) {
        return result(suiteCase, seed, new ScenarioRun.Seen(new Timeline(List.of(), 0), why), List.of(), began);
    }

    private ScenarioResult result(
            SuiteCase suiteCase, long seed, ScenarioRun.Seen seen, List<ExpectationResult> results, long began) {
        Scenario scenario = suiteCase.scenario();
        return new ScenarioResult(
                suiteCase.id(),
                About.of(scenario),
                rigs.kind(),
                seed,
                verdict(seen, results),
                seen.problem(),
                results,
                seen.timeline().entries(),
                Duration.ofNanos(seen.timeline().endNanos()),
                Duration.ofNanos(wallNanos.getAsLong() - began),
                repeat(suiteCase, seed));
    }

    /** Of a run that could not be finished nothing is known but that firmware crashed. */
    private static Verdict verdict(ScenarioRun.Seen seen, List<ExpectationResult> results) {
        Verdict worst = Verdict.worst(verdicts(results));
        return seen.problem() == null || worst == Verdict.FAILED ? worst : Verdict.INCONCLUSIVE;
    }

    private static List<Verdict> verdicts(List<ExpectationResult> results) {
        return results.stream().map(ExpectationResult::verdict).toList();
    }

    private String repeat(SuiteCase suiteCase, long seed) {
        List<String> words = new ArrayList<>(List.of("run", suiteCase.argument()));
        words.addAll(rigs.options());
        words.addAll(List.of("--seed", Long.toString(seed)));
        return ShellCommand.of(words);
    }
}
