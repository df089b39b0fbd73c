package io.fieldloop.scenario.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.shape.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files damaged at random, always in the same way: the loader never throws, and tells each problem in one line. */
class LoaderFuzzTest {
    private static final long SEED = 20_260_101;
    private static final int ROUNDS = 2_000;
    private static final String CHARACTERS = "{}[]:,-#&*!|>'\"%@`?\t \n$\\~0aé\u2028\uD83D\uDE00";
    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "-1",
            "0",
            "99999999999999999999",
            "1e9",
            "true",
            "all",
            "${x}",
            "${tls.server}",
            "5s",
            "''",
            "[1, [2]]",
            "{ a: b }",
            "1..2",
            "< 2s",
            "..",
            "10/0s",
            "0x7f",
            ".nan",
            "2026-01-01");

    private final ScenarioLoader loader = new ScenarioLoader();
    private final Random random = new Random(SEED);

    @Test
    void survivesDamagedFiles() {
        List<String> texts =
                ExampleFiles.valid().stream().map(ExampleFiles::text).collect(Collectors.toCollection(ArrayList::new));
        ExampleFiles.broken().stream().map(ExampleFiles::text).forEach(texts::add);
        int broken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = texts.get(random.nextInt(texts.size()));
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                text = damaged(text);
            }
            broken += load(text) ? 0 : 1;
        }
        assertThat(broken).as("files with problems, seed %d", SEED).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    private boolean load(String text) {
        try {
            LoadResult result = loader.load("x.yaml", text);
            if (result instanceof LoadResult.Broken file) {
                assertThat(file.problems()).isNotEmpty().allSatisfy(problem -> assertOneLine(problem));
                return false;
            }
            return true;
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("seed " + SEED + " throws on:\n" + text, thrown);
        }
    }

    private static void assertOneLine(Problem problem) {
        assertThat(problem.toString())
                .startsWith("x.yaml:")
                .doesNotContain("\n")
                .doesNotContain("Exception");
        assertThat(problem.line()).isPositive();
        assertThat(problem.column()).isPositive();
    }

    private String damaged(String text) {
        int at = random.nextInt(text.length() + 1);
        int until = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 ->
                text.substring(0, at) + CHARACTERS.charAt(random.nextInt(CHARACTERS.length())) + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(until);
            case 2 -> withLine(text, "");
            case 3 -> withValue(text);
            case 4 -> text.substring(0, at) + text.substring(at, until) + text.substring(at);
            default ->
                withLine(text, text.lines().skip(random.nextInt(3)).findFirst().orElse(""));
        };
    }

    private String withLine(String text, String replacement) {
        List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
        if (!lines.isEmpty()) {
            lines.set(random.nextInt(lines.size()), replacement);
        }
        return String.join("\n", lines);
    }

    private String withValue(String text) {
        int colon = text.indexOf(": ", random.nextInt(text.length() + 1));
        if (colon < 0) {
            return text;
        }
        int end = colon + 2;
        while (end < text.length() && ",}]\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 2) + VALUES.get(random.nextInt(VALUES.size())) + text.substring(end);
    }
}
