package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says must be so with any seed, or the file says which property of chance it needs. */
class SeedsTest {
    /** The one bundled file that lives by how much is lost, and not by what happens when something is. */
    @ParameterizedTest
    @ValueSource(longs = {2, 7, 8, 11, 14})
    void whatLossDoesToHandshakesIsSoWithAnySeed(long seed) {
        SuiteCase loss = SuiteFiles.cases("link/packet-loss.yaml", SuiteFiles.text("link/packet-loss.yaml"))
                .get(0);
        ScenarioResult result = run(loss, seed);

        assertThat(result.seed()).isEqualTo(seed);
        assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aSeedThatTheFileNeedsIsNotReplaced() {
        assertThat(run(seeded("seed: 3\nseed-because: the second of ten is lost"), 9)
                        .seed())
                .isEqualTo(3);
        assertThat(run(seeded("seed: 3"), 9).seed()).isEqualTo(9);
    }

    private static SuiteCase seeded(String seed) {
        List<SuiteCase> cases = SuiteFiles.cases("seeded.yaml", seed + """

                scenario: A device connects
                devices: { door: { url: ws://gateway.test:8000/xiaozhi/v1/ } }
                expect:
                  - { device: door, is: online }
                """);
        return cases.get(0);
    }

    private static ScenarioResult run(SuiteCase one, long seed) {
        return new CaseRunner(VirtualRigs.factory(), seed, System::nanoTime)
                .run(one, Path.of("target", "evidence"), entry -> {});
    }
}
