package io.fieldloop.scenario.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenFilesTest {
    private static final ScenarioLoader LOADER = new ScenarioLoader();

    @TempDir
    Path directory;

    static List<Path> files() {
        return ExampleFiles.broken();
    }

    @ParameterizedTest
    @MethodSource("files")
    void areToldExactlyWhatIsWrong(Path file) {
        List<String> told = problems(file).stream()
                .map(sentence -> sentence.substring(file.toString().length() + 1))
                .toList();
        List<String> expected = ExampleFiles.problems(file);

        assertThat(told).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            String sentence = expected.get(i);
            if (sentence.endsWith("…")) {
                assertThat(told.get(i)).startsWith(sentence.substring(0, sentence.length() - 1));
            } else {
                assertThat(told.get(i)).isEqualTo(sentence);
            }
        }
    }

    @Test
    void saysThatAFileIsMissing() {
        Path file = directory.resolve("none.yaml");

        assertThat(problems(file)).containsExactly(file + ":1:1: no such file");
    }

    @Test
    void saysThatADirectoryIsNoFile() {
        assertThat(problems(directory)).containsExactly(directory + ":1:1: is a directory; name the files in it");
    }

    @Test
    void saysThatAFileIsNotUtf8() throws IOException {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, "scenario: Tür\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(file)).containsExactly(file + ":1:1: is not UTF-8 text; save the file as UTF-8");
    }

    @Test
    void saysThatAFileIsTooLarge() throws IOException {
        Path file = directory.resolve("large.yaml");
        Files.writeString(file, "#".repeat(YamlTree.FILE_BYTES_MAX + 1));

        assertThat(problems(file)).containsExactly(file + ":1:1: is larger than 1 MiB; expected a scenario file");
    }

    @Test
    void saysWhereACharacterIsNotAllowed() {
        assertThat(sentences(LOADER.load("x.yaml", "scenario: Test\nwhy: a\u0000b\n")))
                .containsExactly("x.yaml:2:7: has a character that YAML does not allow (U+0000)");
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        assertThat(sentences(LOADER.load("x.yaml", "scenario: " + "[".repeat(100_000))))
                .containsExactly("x.yaml:1:50: has lists and mappings nested more than 40 deep");
    }

    private List<String> problems(Path file) {
        return sentences(LOADER.load(file));
    }

    private static List<String> sentences(LoadResult result) {
        assertThat(result).isInstanceOf(LoadResult.Broken.class);
        return ((LoadResult.Broken) result)
                .problems().stream().map(Problem::toString).toList();
    }
}
