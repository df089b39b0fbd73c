package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** A kind of failure, as people report it; nobody's one input makes a rule, so each has two and more. */
    record Kind(String name, List<String> words, List<String> files) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() throws IOException {
        return Files.readAllLines(folder().resolve("kinds.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(columns -> new Kind(columns[0], List.of(columns[1].split(",")), List.of(columns[2].split(" "))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyKindIsNamedOnAtLeastTwoInputs(Kind kind) {
        assertThat(kind.files()).hasSizeGreaterThanOrEqualTo(2);
        for (String file : kind.files()) {
            Diagnosis said =
                    new LogDiagnosis(TEXTS).read(folder().resolve(file + ".log").toString(), null, entry -> {});
            assertThat(said.findings().stream()
                            .flatMap(one -> one.causes().stream().limit(1)))
                    .as(file)
                    .extracting(Cause::word)
                    .containsAnyElementsOf(kind.words());
        }
    }

    @Test
    void theReadmeCountsThem() throws IOException {
        long logs = cases().count();

        assertThat(Files.readString(Path.of("README.md")))
                .contains("Tests hold it against " + logs + " logs, 39 made after public reports (37 of them fell short"
                        + " before) and " + (logs - 39) + " of the same kinds");
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    }
}
