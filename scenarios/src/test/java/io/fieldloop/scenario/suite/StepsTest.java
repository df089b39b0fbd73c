package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.fieldloop.scenario.expect.Timeline;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.text.StepNotes;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the steps of a scenario begin and end. */
final class StepsTest {
    private static final String AROUND_STEPS = """
            scenario: Steps
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
            steps:
            %s
            expect: [{ device: door, is: online }]
            """;

    @Test
    void whatIsDoneMeanwhileBeginsWithItsStepAndTheNextWaitsForBoth() {
        List<JournalEntry> journal = run("""
                  - connect: door
                  - wait: 2s
                    as: long
                    meanwhile:
                      - wait: 500ms
                        as: inside
                      - wait: 3s
                  - wait: 1s
                    as: next
                """);
        assertThat(moment(journal, Timeline.STEP_BEGAN, "inside"))
                .isEqualTo(moment(journal, Timeline.STEP_BEGAN, "long"));
        assertThat(moment(journal, Timeline.STEP_ENDED, "long"))
                .isEqualTo(moment(journal, Timeline.STEP_BEGAN, "long").plusSeconds(2));
        assertThat(moment(journal, Timeline.STEP_BEGAN, "next"))
                .isEqualTo(moment(journal, Timeline.STEP_BEGAN, "long").plusMillis(3500));
    }

    @Test
    void aStepThatBeginsLaterThanItShouldSaysWhenItWasDue() {
        List<JournalEntry> journal = run("""
                  - connect: door
                  - talk: { devices: door, speech: 5s }
                  - wait: 1s
                    at: 4s
                    as: late
                  - wait: 1s
                    at: 20s
                    as: punctual
                """);
        assertThat(step(journal, Timeline.STEP_BEGAN, "late").attributes()).containsEntry("due", Duration.ofSeconds(4));
        assertThat(moment(journal, Timeline.STEP_BEGAN, "late")).isGreaterThan(Duration.ofSeconds(5));
        assertThat(step(journal, Timeline.STEP_BEGAN, "punctual").attributes()).doesNotContainKey("due");
    }

    @Test
    void aScenarioWithoutAdversariesShowsNoAttack() {
        SuiteCase quiet = SuiteFiles.cases("quiet.yaml", AROUND_STEPS.replaceFirst("steps:\n%s\n", ""))
                .get(0);
        assertThat(SuiteFiles.run(quiet, RigKind.VIRTUAL).journal())
                .filteredOn(entry -> entry.kind().equals(Timeline.STEP_BEGAN))
                .extracting(entry -> entry.attributes().get("step"))
                .containsExactly("{ connect: all }");
    }

    @Test
    void anInterruptionOfNobodyIsSaid() {
        SuiteCase one =
                SuiteFiles.cases("steps.yaml", AROUND_STEPS.formatted("""
                  - connect: door
                  - interrupt: door
                  - talk: { devices: door, speech: 1s }
                    meanwhile: [{ wait: 2200ms }, { interrupt: door }]
                """)).get(0);
        ScenarioResult result = SuiteFiles.run(one, RigKind.VIRTUAL);
        assertThat(result.journal())
                .filteredOn(entry -> entry.kind().equals("interrupted-nobody"))
                .extracting(JournalEntry::attributes)
                .containsExactly(Map.of("step", "interrupt: door", "devices", "door"));
        assertThat(StepNotes.of(result, Translation.english()))
                .singleElement(STRING)
                .startsWith("    idle     interrupt: door found no server speaking to door, at ");
    }

    @Test
    void aTimeThatIsPastForCertainIsAMistakeInTheFile() {
        assertThat(problems("""
                  - connect: door
                  - wait: 5s
                    meanwhile: [{ wait: 1s, at: 500ms }, { wait: 3s, at: 1s }]
                  - wait: 1s
                    at: 4s
                """))
                .extracting(Problem::toString)
                .containsExactly(
                        "steps.yaml:6:42: steps[2].meanwhile[2].at: 1s is past before it can begin: the steps before it"
                                + " take 1.5s or more; expected a later time, or no `at`",
                        "steps.yaml:7:5: steps[3].at: 4s is past before it can begin: the steps before it take 5s or"
                                + " more; expected a later time, or no `at`");
    }

    @Test
    void ofDevicesBehindOneAddressTheGatewayKnowsWhoItIsOnceTheDeviceHasSaidSo() {
        SuiteCase one = SuiteFiles.cases("nat.yaml", """
                        scenario: Two devices behind one address
                        devices: { door: { count: 2, source: 127.0.0.9, url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                        expect: [{ device: door, is: online }]
                        """).get(0);
        List<JournalEntry> journal = SuiteFiles.run(one, RigKind.VIRTUAL).journal();
        assertThat(journal)
                .filteredOn(entry -> entry.kind().equals("connection-opened"))
                .hasSize(2)
                .noneMatch(entry -> entry.attributes().containsKey("device"));
        assertThat(journal)
                .filteredOn(entry -> entry.kind().equals("hello-sent"))
                .extracting(entry -> entry.attributes().get("device"))
                .containsExactlyInAnyOrder("door#1", "door#2");
    }

    private static List<JournalEntry> run(String steps) {
        SuiteCase one =
                SuiteFiles.cases("steps.yaml", AROUND_STEPS.formatted(steps)).get(0);
        return SuiteFiles.run(one, RigKind.VIRTUAL).journal();
    }

    private static List<Problem> problems(String steps) {
        LoadResult loaded = new ScenarioLoader().load("steps.yaml", AROUND_STEPS.formatted(steps));
        return ((LoadResult.Broken) loaded).problems();
    }

    private static Duration moment(List<JournalEntry> journal, String kind, String label) {
        return Duration.ofNanos(step(journal, kind, label).nanos());
    }

    private static JournalEntry step(List<JournalEntry> journal, String kind, String label) {
        return journal.stream()
                .filter(entry -> entry.kind().equals(kind)
                        && label.equals(entry.attributes().get("label")))
                .findFirst()
                .orElseThrow();
    }
}
