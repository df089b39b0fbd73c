package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of FIELD-BUGS.md names scenarios that exist, and no report is missing; that they pass is the suite's own test. */
final class FieldBugsTest {
    private static final int REPORTS = 22;
    private static final Pattern NAME = Pattern.compile("`([a-z]+/[^`]+)`");
    private static final Pattern NUMBER = Pattern.compile("\\| (\\d+) \\|.*");

    @Test
    void namesScenariosThatExist() throws IOException {
        Set<String> known = SuiteDocument.all().stream()
                .flatMap(file -> Stream.concat(Stream.of(file.name()), cases(file)))
                .collect(Collectors.toSet());
        assertThat(rows().stream().flatMap(FieldBugsTest::names))
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void everyRowHasAScenarioOrSaysWhyNot() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> assertThat(names(row).findAny().isPresent() || row.contains("not here: "))
                        .isTrue());
    }

    @Test
    void noReportIsMissing() throws IOException {
        assertThat(rows().stream()
                        .map(NUMBER::matcher)
                        .filter(row -> row.matches())
                        .map(row -> Integer.valueOf(row.group(1))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, REPORTS).boxed().toList());
    }

    private static Stream<String> cases(SuiteDocument file) {
        return file.cases().stream()
                .map(one -> file.name()
                        + one.name().toString().substring(one.name().stem().length()));
    }

    private static Stream<String> names(String row) {
        return NAME.matcher(row).results().map(match -> match.group(1));
    }

    /** The tables' rows without their headings. */
    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("FIELD-BUGS.md")).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line ->
                        !line.startsWith("| # |") && !line.startsWith("| item |") && !line.startsWith("| primitive |"))
                .toList();
    }
}
