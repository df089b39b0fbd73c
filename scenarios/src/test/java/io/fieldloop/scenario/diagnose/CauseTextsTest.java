package io.fieldloop.scenario.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.suite.BundledSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each cause has a text, a reason of the vocabulary and a case that exists. */
class CauseTextsTest {
    private final CauseTexts texts = CauseTexts.bundled();

    @Test
    void everyReasonOfTheDeviceIsACause() {
        assertThat(texts.all())
                .extracting(CauseText::word)
                .containsAll(Arrays.stream(FailureReason.values())
                        .map(FailureReason::wireName)
                        .toList());
    }

    @Test
    void aCauseShowsAsAReasonOfTheDevice() {
        assertThat(texts.all())
                .extracting(CauseText::reason)
                .filteredOn(Objects::nonNull)
                .allSatisfy(FailureReason::named);
    }

    /** Those of the reasons are run by {@code ExplanationsTest}. */
    @Test
    void aCauseIsShownByACaseOrAFileOfTheSuite() {
        assertThat(texts.all())
                .filteredOn(cause -> !cause.word().equals(cause.reason()))
                .extracting(CauseText::scenario)
                .filteredOn(Objects::nonNull)
                .allSatisfy(scenario -> assertThat(cases(scenario.replaceAll("\\[.*", "")))
                        .anyMatch(name -> name.equals(scenario) || !scenario.contains("[")));
    }

    private static List<String> cases(String stem) {
        String text = BundledSuite.files().get(stem + ".yaml");
        assertThat(text).as(stem).isNotNull();
        LoadResult.Ready file = (LoadResult.Ready) new ScenarioLoader().load(stem + ".yaml", text);
        return file.cases().stream()
                .map(one -> stem + one.name().toString().replaceAll("^[^\\[]*", ""))
                .toList();
    }
}
