package io.fieldloop.scenario.loader;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.scenario.shape.yaml.Problem;
import java.nio.charset.StandardCharsets;

/** No file makes the loader throw; a file that does not load has problems with a place, and messages of one line. */
class ScenarioLoaderFuzzTest {
    private static final ScenarioLoader LOADER = new ScenarioLoader();

    @FuzzTest(maxDuration = "10m")
    void anyText(byte[] data) {
        LoadResult result = LOADER.load("fuzz.yaml", new String(data, StandardCharsets.UTF_8));

        if (result instanceof LoadResult.Broken broken) {
            assertThat(broken.problems()).isNotEmpty();
            for (Problem problem : broken.problems()) {
                assertThat(problem.position().line()).isPositive();
                assertThat(problem.toString()).isNotBlank();
            }
        } else {
            assertThat(((LoadResult.Ready) result).cases()).isNotEmpty();
        }
    }
}
