package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.engine.Generator;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a case that the harness itself gets into the way of. */
@Timeout(60)
final class CaseRunnerTest {
    private static final String CONVERSATION = """
            scenario: A conversation that is expected to fail
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
            steps: [{ connect: door }]
            expect: [{ device: door, is: refused }]
            """;

    @TempDir
    private Path evidence;

    /** Holds up the loop of the devices at their first entry. */
    private static Consumer<JournalEntry> holdingUp(Duration lasting) {
        CountDownLatch over = new CountDownLatch(1);
        Executor later = CompletableFuture.delayedExecutor(lasting.toMillis(), TimeUnit.MILLISECONDS);
        return entry -> {
            if (entry.lane() != Lane.DEVICE) {
                return;
            }
            later.execute(over::countDown);
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private ScenarioResult run(CaseRunner runner, Duration heldUp) {
        LoadResult.Ready loaded = (LoadResult.Ready) new ScenarioLoader().load("held-up.yaml", CONVERSATION);
        SuiteCase one = new SuiteCase("held-up", "held-up.yaml", loaded.cases().get(0));
        return runner.run(one, evidence, holdingUp(heldUp));
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "socket"})
    void aCaseThatDoesNotEndIsGivenUp(String rig) {
        RigFactory rigs = rig.equals("virtual") ? VirtualRigs.factory() : SocketRigs.factory();
        CaseRunner runner = new CaseRunner(rigs, null, System::nanoTime, Duration.ofMillis(200), Generator.ALONE);

        ScenarioResult result = run(runner, Duration.ofSeconds(2));

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.problem()).isEqualTo("The case did not end within 200 ms of real time and was given up.");
    }

    @Test
    void nothingIsConcludedFromAFailureWhileTheHarnessItselfWasLate() {
        ScenarioResult result =
                run(new CaseRunner(SocketRigs.factory(), null, System::nanoTime), Duration.ofMillis(1_500));

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.problem()).startsWith("The harness itself was up to ").contains(" late");
    }
}
