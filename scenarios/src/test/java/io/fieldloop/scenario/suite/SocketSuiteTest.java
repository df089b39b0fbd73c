package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every bundled scenario that applies passes over real sockets; many at once, since most of them wait, and the longest first, since
 * the run takes as long as its last case. One that does not pass among others is run again when it is alone: how busy the machine is
 * with the rest of them is not what it is about.
 *
 * <p>Their captures name the reasons that the journals have, as in virtual time.
 *
 * <p>Of a long matrix some cases are run, spread over it; all of them with {@code -Dfieldloop.socket=all}.
 */
@Order(1)
@Tag("real-time")
final class SocketSuiteTest {
    private static final int AT_ONCE = 16;
    private static final int CASES_PER_FILE = 3;

    /** 94 of those a capture can show; what fronts did within TLS is not among them. */
    private static final int NAMED_PERCENT_MIN = 85;

    private final CaptureComparison comparison = new CaptureComparison((of, reason, read) -> {});

    private final ThreadPoolExecutor workers =
            new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    @TempDir
    private Path folder;

    /** Where one case alone is asked for, the others have begun nevertheless, and write into the folder that goes next. */
    @AfterEach
    void endsWhatNobodyAskedFor() throws InterruptedException {
        workers.getQueue().clear();
        workers.shutdown();
        assertThat(workers.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
    }

    @TestFactory
    List<DynamicTest> passesOverRealSockets() {
        WarmUp.run();
        CaseRunner runner = new CaseRunner(SocketRigs.factory().capturing(), null, System::nanoTime);
        List<DynamicTest> tests = chosen(SuiteFiles.allCases()
                        .filter(one -> runner.rigs().whyNot(one.scenario()) == null)
                        .toList())
                .sorted(longestFirst())
                .map(one -> {
                    Path evidence = folder.resolve(one.id().replaceAll("\\W+", "-"));
                    Future<ScenarioResult> running = workers.submit(() -> runner.run(one, evidence, entry -> {}));
                    return DynamicTest.dynamicTest(one.id(), () -> {
                        ScenarioResult result = running.get();
                        Path seen = evidence;
                        if (result.verdict() != Verdict.PASSED && workers.awaitTermination(10, TimeUnit.MINUTES)) {
                            seen = evidence.resolve("alone");
                            result = runner.run(one, seen, entry -> {});
                        }
                        assertThat(result.verdict())
                                .as(SuiteFiles.whatFailed(result))
                                .isEqualTo(Verdict.PASSED);
                        comparison.compare(one, result, seen);
                    });
                })
                .collect(Collectors.toList());
        workers.shutdown();
        tests.add(DynamicTest.dynamicTest("captures name the reasons", this::captures));
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
        RigFactory virtual = VirtualRigs.factory();
        Map<String, Duration> lengths = new HashMap<>();
        Function<SuiteCase, Duration> length = one -> lengths.computeIfAbsent(
                one.id(),
                id -> virtual.whyNot(one.scenario()) == null
                        ? SuiteFiles.run(one, virtual).simulated()
                        : Duration.ofDays(1));
        return Comparator.comparing(length).reversed();
    }

    private void captures() {
        System.out.printf(
                "Captures of the socket rig name %d of %d reasons, and no others in %d of %d cases; the rest:%n%s%n",
                comparison.named(),
                comparison.failures(),
                comparison.casesNamed(),
                comparison.cases(),
                String.join(System.lineSeparator(), comparison.rest()));
        assertThat(comparison.named() * 100).isGreaterThanOrEqualTo(comparison.failures() * NAMED_PERCENT_MIN);
    }
}
