package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.suite.BundledSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What is written from the suite and checked in: the list in the README and the truth table of the WebSocket handshake;
 * run with {@code -Dfieldloop.refresh=true} to write them anew.
 */
final class SuiteDocumentsTest {
    private static final Path LIST = Path.of("suite", "README.md");
    private static final Path TRUTH = Path.of("TRUTH.md");

    @Test
    void theSuitesReadmeListsItAsItIs() throws IOException {
        assertUpToDate(LIST, SuiteList.markdown(SuiteDocument.all()));
    }

    @Test
    void truthTableIsWhatTheProfilesDo() throws IOException {
        assertUpToDate(TRUTH, TruthTable.markdown(SuiteDocument.all()));
    }

    @Test
    void suiteHasTheSizeThatWasPromised() {
        assertThat(BundledSuite.files()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(SuiteDocument.all().stream()
                        .mapToInt(file -> file.cases().size())
                        .sum())
                .isGreaterThanOrEqualTo(500);
    }

    @Test
    void everyFileSaysWhyItHappensWhatToDoAndWhereItWasSeen() {
        assertThat(SuiteDocument.all()).allSatisfy(file -> {
            Scenario first = file.cases().get(0);
            assertThat(first.why()).as("why of %s", file.name()).isNotBlank();
            assertThat(first.fix()).as("fix of %s", file.name()).isNotBlank();
            assertThat(first.links()).as("links of %s", file.name()).isNotEmpty();
        });
    }

    private static void assertUpToDate(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("stale: run this test with -Dfieldloop.refresh=true and check the file in")
                .content()
                .isEqualTo(generated);
    }
}
