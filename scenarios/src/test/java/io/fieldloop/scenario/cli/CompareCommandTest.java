package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became otherwise between two runs is named, case by case. */
final class CompareCommandTest {
    private static final String SCENARIO = """
            scenario: A device says hello
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
            steps: [{ connect: door }, { wait: %s }]
            expect: [{ device: door, is: %s }]
            """;

    @TempDir
    private Path folder;

    @Test
    void eachCaseThatChangedIsNamed() throws IOException {
        write("breaks", "1s", "online");
        write("mended", "1s", "refused");
        write("bad", "1s", "refused");
        write("slow", "1s", "online");
        write("gone", "1s", "online");
        write("same", "1s", "online");
        run("before");
        write("breaks", "1s", "refused");
        write("mended", "1s", "online");
        write("slow", "3s", "online");
        write("fresh", "1s", "online");
        Files.delete(folder.resolve("files/gone.yaml"));
        run("after");
        CommandLineRun compared = compare("before", "after");

        assertThat(compared.exitCode()).isEqualTo(1);
        assertThat(compared.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("fails now    breaks  Expected door to be refused"),
                        line -> assertThat(line).isEqualTo("passes now   mended"),
                        line -> assertThat(line).startsWith("fails still  bad  Expected door"),
                        line -> assertThat(line).matches("slower       slow  \\d\\.\\d+ s -> \\d\\.\\d+ s"),
                        line -> assertThat(line).isEqualTo("new          fresh  passed"),
                        line -> assertThat(line).isEqualTo("gone         gone"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "5 cases in both: 1 fail now, 1 pass now, 1 fail still, 1 slower; 1 new, 1 gone"));
        assertThat(compare("before", "before").exitCode()).isZero();
        assertThat(compare("before", "after", "--lang", "zh").out()).contains("现在失败     breaks", "两次都有 5 个用例");
        Path page = folder.resolve("compared.html");
        compare("before", "after", "--html", page.toString());
        assertThat(page)
                .content()
                .contains("\"fails-now\":[{\"id\":\"breaks\",\"before\":\"PASSED\",\"after\":\"FAILED\"}]");
    }

    @Test
    void whatIsNoRunIsOneSentence() {
        assertThat(compare("nowhere", "nowhere"))
                .returns(2, CommandLineRun::exitCode)
                .returns("", CommandLineRun::out);
        assertThat(compare("nowhere", "nowhere").err()).contains("run.json is not there; expected the folder of a run");
    }

    private void write(String name, String wait, String is) throws IOException {
        Path file = Files.createDirectories(folder.resolve("files")).resolve(name + ".yaml");
        Files.writeString(file, SCENARIO.formatted(wait, is));
    }

    private void run(String name) {
        CommandLineRun.of(
                "run",
                folder.resolve("files").toString(),
                "--resume",
                folder.resolve(name).toString());
    }

    private CommandLineRun compare(String earlier, String later, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "compare",
                folder.resolve(earlier).toString(),
                folder.resolve(later).toString()));
        words.addAll(List.of(options));
        return CommandLineRun.of(words.toArray(String[]::new));
    }
}
