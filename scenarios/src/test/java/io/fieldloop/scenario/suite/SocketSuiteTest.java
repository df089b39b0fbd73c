package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bundled scenario that applies passes over real sockets; many at once, since most of them wait, and the longest first, since
 * the run takes as long as its last case. One that does not pass among others is run again when it is alone: how busy the machine is
 * with the rest of them is not what it is about.
 *
 * <p>Of a long matrix some cases are run, spread over it; all of them with {@code -Dfieldloop.socket=all}.
 */
@Order(1)
final class SocketSuiteTest {
    private static final int AT_ONCE = 16;
    private static final int CASES_PER_FILE = 3;
    private static final Path EVIDENCE = Path.of("target", "evidence");

    @TestFactory
    List<DynamicTest> passesOverRealSockets() {
        WarmUp.run();
        CaseRunner runner = new CaseRunner(RigFactory.socket(), null, System::nanoTime);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = chosen(SuiteFiles.allCases()
                        .filter(one -> runner.rigs().whyNot(one.scenario()) == null)
                        .toList())
                .sorted(longestFirst())
                .map(one -> {
                    Future<ScenarioResult> running = workers.submit(() -> runner.run(one, EVIDENCE, entry -> {}));
                    return DynamicTest.dynamicTest(one.id(), () -> {
                        ScenarioResult result = running.get();
                        if (result.verdict() != Verdict.PASSED && workers.awaitTermination(10, TimeUnit.MINUTES)) {
                            result = runner.run(one, EVIDENCE, entry -> {});
                        }
                        assertThat(result.verdict())
                                .as(SuiteFiles.whatFailed(result))
                                .isEqualTo(Verdict.PASSED);
                    });
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

    /** How long each lasts in virtual time; what only real sockets can run comes before all others. */
    private static Comparator<SuiteCase> longestFirst() {
        RigFactory virtual = RigFactory.virtual();
        Map<String, Duration> lengths = new HashMap<>();
        Function<SuiteCase, Duration> length = one -> lengths.computeIfAbsent(
                one.id(),
                id -> virtual.whyNot(one.scenario()) == null
                        ? SuiteFiles.run(one, virtual).simulated()
                        : Duration.ofDays(1));
        return Comparator.comparing(length).reversed();
    }
}
