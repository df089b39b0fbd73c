package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A scenario that a benchmark runs, with all that a run of it costs but its reports. */
final class BenchScenario {
    private BenchScenario() {}

    static ScenarioResult run(String name, String text, RigFactory rigs, Consumer<JournalEntry> observer) {
        LoadResult loaded = new ScenarioLoader().load(name, text);
        if (!(loaded instanceof LoadResult.Ready ready)) {
            throw new IllegalStateException(loaded.toString());
        }
        return new CaseRunner(rigs, null, System::nanoTime)
                .run(new SuiteCase(name, name, ready.cases().get(0)), Path.of("target", "evidence"), observer);
    }

    /** What it came to. */
    static void print(String name, ScenarioResult result, Stopwatch watch) {
        System.out.printf(
                "%s: %s simulated, %d journal entries, %s: %s%n",
                name,
                result.simulated(),
                result.journal().size(),
                result.verdict().wireName(),
                watch);
        if (result.problem() != null) {
            System.out.println("  " + result.problem());
        }
        result.expectations().forEach(expectation -> System.out.println("  " + expectation.explanation()));
    }
}
