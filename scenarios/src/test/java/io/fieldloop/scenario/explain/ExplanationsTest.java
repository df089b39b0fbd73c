package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.BundledSuite;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts say what really happens: each scenario they name is run, and what they quote is looked for. */
final class ExplanationsTest {
    private static final ScenarioLoader LOADER = new ScenarioLoader();
    private static final RigFactory RIGS = VirtualRigs.factory();
    private static final Map<String, ScenarioResult> RUNS = new HashMap<>();

    static Stream<Explanation> all() {
        return Explanations.bundled().all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void theScenarioShowsWhatTheTextSays(Explanation one) {
        String scenario = one.scenario();
        ScenarioResult result = RUNS.computeIfAbsent(scenario, ExplanationsTest::run);
        assertThat(result.verdict()).as(scenario).isEqualTo(Verdict.PASSED);

        List<JournalEntry> ends = result.journal().stream()
                .filter(entry -> Side.ofEvent(entry.kind()) == one.side())
                .filter(entry -> one.reason().equals(entry.attributes().get("reason")))
                .toList();
        assertThat(ends).as("%s ends with %s", scenario, one.reason()).isNotEmpty();
        List<String> console = result.journal().stream()
                .filter(entry -> entry.kind().equals("log"))
                .map(entry -> entry.attributes().get("tag") + ": "
                        + entry.attributes().get("message"))
                .toList();
        assertThat(console).as("console in %s", scenario).containsAll(one.deviceLines());
        if (one.code() != null) {
            List<JournalEntry> coded = one.side() == Side.DEVICE ? ends : result.journal();
            assertThat(coded)
                    .filteredOn(entry -> entry.lane() == Lane.DEVICE)
                    .extracting(entry -> entry.attributes().get("code"))
                    .as("codes in %s", scenario)
                    .contains(one.code());
        }
    }

    private static ScenarioResult run(String scenario) {
        int bracket = scenario.indexOf('[');
        String stem = bracket < 0 ? scenario : scenario.substring(0, bracket);
        String text = BundledSuite.files().get(stem + ".yaml");
        assertThat(text).as("the suite has %s", stem).isNotNull();
        LoadResult.Ready file = (LoadResult.Ready) LOADER.load(stem + ".yaml", text);
        Scenario wanted = file.cases().stream()
                .filter(one -> bracket < 0 || one.name().toString().endsWith(scenario.substring(bracket)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the suite has no case " + scenario));
        return new CaseRunner(RIGS, null, () -> 0)
                .run(new SuiteCase(scenario, scenario, wanted), Path.of("target", "evidence"), entry -> {});
    }

    @Test
    void everyTextSaysWhatIsSeenWhatCausesItAndWhatToCheck() {
        assertThat(Explanations.bundled().all()).allSatisfy(one -> {
            assertThat(one.deviceLines().isEmpty() && one.deviceNote() == null)
                    .as("%s says nothing about the device", one.reason())
                    .isFalse();
            assertThat(one.timing()).as(one.reason()).isNotBlank();
            assertThat(one.causes()).as(one.reason()).isNotEmpty();
            assertThat(one.checks()).as(one.reason()).isNotEmpty();
            assertThat(one.server()).as(one.reason()).isNotEmpty();
            assertThat(one.meaning()).as(one.reason()).endsWith(".");
        });
    }

    @Test
    void aTextWithoutReasonAndAReasonWithoutTextAreErrors() {
        assertThatThrownBy(() -> new ExplanationReader("reasons.yaml")
                        .read("device: { no-such-word: { timing: at once, scenario: x } }"))
                .hasMessage("reasons.yaml: device.no-such-word is no reason");
        assertThatThrownBy(() -> new ExplanationReader("reasons.yaml").read("device: {}"))
                .hasMessage("reasons.yaml: device.dns-failure is missing");
        assertThatThrownBy(() -> new ExplanationReader("reasons.yaml")
                        .read("device: { dns-failure: { timing: at once, scenario: x, cause: [y] } }"))
                .hasMessageStartingWith("reasons.yaml:1:56: device.dns-failure.cause: unknown key")
                .hasMessageContaining("did you mean \"causes\"?");
    }
}
