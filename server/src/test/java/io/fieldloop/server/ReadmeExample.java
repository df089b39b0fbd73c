package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares an example of the README with the lines of the test it was taken from. */
final class ReadmeExample {
    private static final String BEGINS = "// README begins";
    private static final String ENDS = "// README ends";

    private ReadmeExample() {}

    static void assertShown(Class<?> test) throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/java", test.getName().replace('.', '/') + ".java"));
        List<String> marks = lines.stream().map(String::strip).toList();
        List<String> shown = lines.subList(marks.indexOf(BEGINS) + 1, marks.indexOf(ENDS));
        assertThat(Files.readString(Path.of("README.md")))
                .contains("```java\n" + String.join("\n", shown).stripIndent() + "\n```");
    }
}
