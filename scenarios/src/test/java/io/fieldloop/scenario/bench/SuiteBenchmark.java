package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.BundledSuite;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.RunPlan;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.SuiteRunner;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How long the bundled suite takes in the virtual rig, from the JVM's start to the last report, and which cases take longest. */
public final class SuiteBenchmark {
    private static final int SLOWEST = 5;

    private SuiteBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        String machine = Stopwatch.machine();
        Stopwatch watch = new Stopwatch();
        CaseRunner runner = new CaseRunner(VirtualRigs.factory(), null, System::nanoTime);
        List<SuiteCase> cases = cases().filter(one -> runner.rigs().whyNot(one.scenario()) == null)
                .toList();
        Path folder = Files.createTempDirectory("fieldloop-bench");
        try {
            RunResult result = run(cases, runner, folder);
            long sinceStart = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            System.out.println(machine);
            System.out.printf(
                    "%d cases, %s: %s; %.2f s since the JVM's start%n",
                    result.scenarios().size(), result.verdict().wireName(), watch, sinceStart / 1e3);
            result.scenarios().stream()
                    .sorted(Comparator.comparing(ScenarioResult::wall).reversed())
                    .limit(SLOWEST)
                    .forEach(one ->
                            System.out.printf("  %5d ms  %s%n", one.wall().toMillis(), one.id()));
        } finally {
            delete(folder);
        }
    }

    private static Stream<SuiteCase> cases() {
        ScenarioLoader loader = new ScenarioLoader();
        return BundledSuite.files().entrySet().stream()
                .flatMap(file -> ((LoadResult.Ready) loader.load(file.getKey(), file.getValue()))
                        .cases().stream()
                                .map(scenario ->
                                        new SuiteCase(file.getKey() + scenario.name(), file.getKey(), scenario)));
    }

    private static RunResult run(List<SuiteCase> cases, CaseRunner runner, Path folder) throws Exception {
        Instant started = Instant.now();
        RunDirectory files = RunDirectory.create(folder, started, null);
        SuiteRunner suite = new SuiteRunner(
                RunPlan.of(cases, started, "benchmark"), runner, new Silence(), files, System::nanoTime);
        RunResult result = suite.run();
        files.write(result);
        return result;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static final class Silence implements RunListener {
        @Override
        public void runStarted(int planned, RigKind rig) {}

        @Override
        public void scenarioStarted(String id, String title, RigKind rig) {}

        @Override
        public void scenarioProgress(String id, Duration simulated, long events) {}

        @Override
        public void scenarioFinished(ScenarioResult result, RunDirectory files) {}

        @Override
        public void runFinished(RunResult result, RunDirectory files) {}
    }
}
