package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bundled scenario that applies passes over real sockets; several at once, since most of them wait.
 *
 * <p>Of a long matrix some cases are run, spread over it; all of them with {@code -Dfieldloop.socket=all}.
 */
final class SocketSuiteTest {
    private static final int AT_ONCE = 8;
    private static final int CASES_PER_FILE = 3;

    @TestFactory
    List<DynamicTest> passesOverRealSockets() {
        WarmUp.run();
        CaseRunner runner = new CaseRunner(RigFactory.socket(), null, System::nanoTime);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = chosen(SuiteFiles.allCases()
                        .filter(one -> runner.rigs().whyNot(one.scenario()) == null)
                        .toList())
                .map(one -> {
                    Future<ScenarioResult> running =
                            workers.submit(() -> runner.run(one, Path.of("target", "evidence"), entry -> {}));
                    return DynamicTest.dynamicTest(one.id(), () -> assertPassed(running.get()));
                })
                .collect(Collectors.toList());
        workers.shutdown();
        return tests;
    }

    private static Stream<SuiteCase> chosen(List<SuiteCase> all) {
        if ("all".equals(System.getProperty("fieldloop.socket"))) {
            return all.stream();
        }
        return all.stream()
                .collect(Collectors.groupingBy(SuiteCase::argument, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(SocketSuiteTest::spread);
    }

    /** The first, the last, and what lies evenly between. */
    private static Stream<SuiteCase> spread(List<SuiteCase> file) {
        int number = Math.min(CASES_PER_FILE, file.size());
        return IntStream.range(0, number)
                .mapToObj(i -> file.get(number == 1 ? 0 : i * (file.size() - 1) / (number - 1)));
    }

    private static void assertPassed(ScenarioResult result) {
        assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
    }
}
