package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every bundled scenario that applies passes over real sockets; several at once, since most of them wait. */
final class SocketSuiteTest {
    private static final int AT_ONCE = 8;

    @TestFactory
    List<DynamicTest> passesOverRealSockets() {
        WarmUp.run();
        CaseRunner runner = new CaseRunner(RigFactory.socket(), null, System::nanoTime);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = SuiteFiles.allCases()
                .filter(one -> runner.rigs().whyNot(one.scenario()) == null)
                .map(one -> {
                    Future<ScenarioResult> running =
                            workers.submit(() -> runner.run(one, Path.of("target", "evidence"), entry -> {}));
                    return DynamicTest.dynamicTest(one.id(), () -> assertPassed(running.get()));
                })
                .collect(Collectors.toList());
        workers.shutdown();
        return tests;
    }

    private static void assertPassed(ScenarioResult result) {
        assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
    }
}
