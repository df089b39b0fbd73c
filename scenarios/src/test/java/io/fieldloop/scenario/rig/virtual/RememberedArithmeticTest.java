package io.fieldloop.scenario.rig.virtual;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RememberedArithmeticTest {
    @TempDir
    private Path folder;

    private final AtomicInteger worked = new AtomicInteger();

    private int sum(RememberedArithmetic arithmetic, int one, int other) {
        SharedArithmetic.Operation<Integer, RuntimeException> operation = () -> {
            worked.incrementAndGet();
            return one + other;
        };
        return arithmetic.result(Integer.class, List.of("sum", one, other), operation);
    }

    @Test
    void equalOperandsAreWorkedOutOnce() {
        RememberedArithmetic arithmetic = new RememberedArithmetic();
        assertThat(List.of(sum(arithmetic, 1, 2), sum(arithmetic, 1, 2), sum(arithmetic, 2, 2)))
                .containsExactly(3, 3, 4);
        assertThat(worked).hasValue(2);
    }

    @Test
    void whatIsKeptIsTheLatest() {
        RememberedArithmetic arithmetic = new RememberedArithmetic();
        for (int i = 0; i < 40_000; i++) {
            sum(arithmetic, i, 0);
        }
        sum(arithmetic, 39_999, 0);
        assertThat(worked).hasValue(40_000);
        sum(arithmetic, 0, 0);
        assertThat(worked).hasValue(40_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theEndsOfAConnectionShareTheirSecretAndTheSignature(String version) {
        Map<List<Object>, Object> results = new ConcurrentHashMap<>();
        SharedWork work = new SharedWork(new MintedCertificates(), new RememberedArithmetic(results));
        LoadResult loaded = new ScenarioLoader().load("shared.yaml", """
                scenario: Three devices
                why: Each shakes hands once
                devices: { fleet: { count: 3, tls: { generation: idf-5.5, versions: [%s] } } }
                steps: [{ connect: all }]
                expect: [{ device: fleet, is: online }]
                """.formatted(version));
        ScenarioResult result = new CaseRunner(new VirtualRigs(work, false), null, System::nanoTime)
                .run(
                        new SuiteCase(
                                "shared",
                                "shared",
                                ((LoadResult.Ready) loaded).cases().get(0)),
                        folder,
                        entry -> {});
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(results.keySet().stream().collect(groupingBy(operands -> operands.get(0), counting())))
                .as("two keys for each connection, and the gateway's own")
                .containsEntry("product", 7L)
                .containsEntry("agreement", 3L)
                .containsEntry("signature", 3L)
                .containsEntry("verified", 3L);
    }
}
