package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.suite.BundledSuite;
import io.fieldloop.server.event.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds DIAGNOSE.md to the program: each word is a cause, and each row has a test or a file of the suite. */
final class DiagnoseDocumentTest {
    private static final Path DOCUMENT = Path.of("DIAGNOSE.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void eachRowIsHeldByWhatExists() throws IOException {
        Set<String> files = BundledSuite.files().keySet();
        for (List<String> row : rows()) {
            List<String> held = codes(row.get(2));
            assertThat(held).as("%s", row).isNotEmpty();
            for (String one : held) {
                assertThat(one.contains("/") ? files.contains(one + ".yaml") : isTest(one))
                        .as("%s in %s", one, row)
                        .isTrue();
            }
        }
    }

    @Test
    void eachWordIsACauseOrAReason() throws IOException {
        Set<String> words = Stream.concat(
                        CauseTexts.bundled().all().stream().map(CauseText::word),
                        Arrays.stream(RefusalReason.values()).map(RefusalReason::wireName))
                .collect(Collectors.toSet());
        assertThat(rows().stream().flatMap(row -> codes(row.get(1)).stream()))
                .filteredOn(word -> !word.startsWith("--"))
                .isSubsetOf(words);
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| in ") && !line.contains("| held by |"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult one) -> one.group(1))
                .toList();
    }

    private static boolean isTest(String name) throws IOException {
        String[] parts = name.split("#", -1);
        try (Stream<Path> all = Files.walk(TESTS)) {
            Path file = all.filter(one -> one.endsWith(parts[0] + ".java"))
                    .findFirst()
                    .orElse(DOCUMENT);
            return !file.equals(DOCUMENT)
                    && (parts.length == 1 || Files.readString(file).contains("void " + parts[1] + "("));
        }
    }
}
