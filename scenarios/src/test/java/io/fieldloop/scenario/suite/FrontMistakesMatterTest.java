package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.gateway.FrontSpec;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bundled scenario about a mistake in a front does not pass with the program's good configuration in its place.
 *
 * <p>Many at once, since most of them wait; what nothing can be concluded from, on a busy machine, is run again alone.
 */
@Tag("fronts")
final class FrontMistakesMatterTest {
    private static final int AT_ONCE = 6;

    /** That the mistake does nothing to a device is what they are about. */
    private static final Set<String> HARMLESS = Set.of("front/host-of-the-backend");

    @TestFactory
    Stream<DynamicTest> doesNotPassWithoutTheMistake() {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        Stream<DynamicTest> tests = SuiteFiles.allCases()
                .filter(one -> one.scenario().front() != null
                        && !one.scenario().front().config().equals(Front.GOOD))
                .filter(one -> SocketRigs.factory().whyNot(one.scenario()) == null)
                .filter(one -> !HARMLESS.contains(one.id()))
                .map(FrontMistakesMatterTest::withoutMistake)
                .toList()
                .stream()
                .map(one -> {
                    Future<ScenarioResult> running = workers.submit(() -> SuiteFiles.run(one, RigKind.SOCKET));
                    return DynamicTest.dynamicTest(one.id(), () -> {
                        ScenarioResult result = running.get();
                        if (result.verdict() != Verdict.FAILED && workers.awaitTermination(10, TimeUnit.MINUTES)) {
                            result = SuiteFiles.run(one, RigKind.SOCKET);
                        }
                        assertThat(result.verdict())
                                .as(SuiteFiles.whatFailed(result))
                                .isEqualTo(Verdict.FAILED);
                    });
                })
                .toList()
                .stream();
        workers.shutdown();
        return tests;
    }

    private static SuiteCase withoutMistake(SuiteCase one) {
        FrontSpec good = new FrontSpec(one.scenario().front().program(), Front.GOOD);
        return new SuiteCase(one.id(), one.argument(), RecordCopy.with(one.scenario(), "front", good));
    }
}
