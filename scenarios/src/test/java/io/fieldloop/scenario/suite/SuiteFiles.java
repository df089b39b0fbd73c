package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bundled suite, as tests see it. */
final class SuiteFiles {
    private static final ScenarioLoader LOADER = new ScenarioLoader();

    private SuiteFiles() {}

    static Stream<SuiteCase> allCases() {
        return BundledSuite.files().entrySet().stream().flatMap(file -> cases(file.getKey(), file.getValue()).stream());
    }

    static String text(String name) {
        return Objects.requireNonNull(BundledSuite.files().get(name), () -> "the suite has no " + name);
    }

    static List<SuiteCase> cases(String name, String text) {
        LoadResult loaded = LOADER.load(name, text);
        if (loaded instanceof LoadResult.Broken broken) {
            throw new AssertionError(broken.problems());
        }
        String stem = name.replace(".yaml", "");
        return ((LoadResult.Ready) loaded)
                .cases().stream()
                        .map(scenario -> new SuiteCase(
                                stem
                                        + scenario.name()
                                                .toString()
                                                .substring(
                                                        scenario.name().stem().length()),
                                stem,
                                scenario))
                        .toList();
    }

    static ScenarioResult run(SuiteCase one, RigKind kind) {
        return run(one, kind == RigKind.VIRTUAL ? VirtualRigs.factory() : SocketRigs.factory());
    }

    static ScenarioResult run(SuiteCase one, RigFactory rigs) {
        return new CaseRunner(rigs, null, System::nanoTime).run(one, Path.of("target", "evidence"), entry -> {});
    }

    /** For assertion messages: what did not hold, in words. */
    static String whatFailed(ScenarioResult result) {
        String failed = result.expectations().stream()
                .filter(expectation -> expectation.verdict() != Verdict.PASSED)
                .map(SuiteFiles::line)
                .collect(Collectors.joining("\n"));
        return result.id() + " [" + result.rig() + ", seed " + result.seed() + "] " + result.problem() + "\n" + failed;
    }

    private static String line(ExpectationResult expectation) {
        return expectation.expectation() + "\n    " + expectation.verdict() + ": " + expectation.explanation();
    }
}
