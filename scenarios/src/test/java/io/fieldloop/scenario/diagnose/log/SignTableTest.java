package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import org.junit.jupiter.api.Test;

/** The table of signs names causes that exist. */
class SignTableTest {
    @Test
    void everyCauseOfTheTableHasAText() {
        CauseTexts texts = CauseTexts.bundled();
        assertThat(SignTable.bundled().signs())
                .flatExtracting(Sign::causes)
                .allSatisfy(cause -> assertThat(texts.find(cause)).as(cause).isPresent());
    }
}
