package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs after public reports, in our own words: {@code cases/expected.tsv} says what must be said of each, and what must not. */
final class LogCasesTest {
    private static final CauseTexts TEXTS = CauseTexts.bundled();

    record Case(String name, String must, String mustNot) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(folder().resolve("expected.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(columns -> new Case(columns[0], columns[1], columns[2]));
    }

    private static Path folder() {
        try {
            return Path.of(LogCasesTest.class.getResource("cases").toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isExplained(Case one) {
        String file = folder().resolve(one.name() + ".log").toString();

        String said =
                String.join("\n", DiagnosisText.lines(new LogDiagnosis(TEXTS).read(file, null, entry -> {}), TEXTS));

        assertThat(said).containsPattern(pattern(one.must()));
        if (!one.mustNot().equals("-")) {
            assertThat(said).doesNotContainPattern(pattern(one.mustNot()));
        }
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    }
}
