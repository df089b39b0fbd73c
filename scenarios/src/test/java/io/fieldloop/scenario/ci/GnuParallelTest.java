package io.fieldloop.scenario.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for GNU parallel, run by GNU parallel. */
final class GnuParallelTest {
    @TempDir
    private Path folder;

    @Test
    void allPartsAreRunAndMergedAndRunAgainOnlyWhatHadNotFinished() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/parallel")), "needs GNU parallel (Debian: parallel)");
        Workspace workspace = Workspace.in(folder).with("a folder/hello.yaml", """
                scenario: A device says hello
                devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/", protocol-version: "${version}" } }
                expect: [{ device: door, is: online }]
                matrix: { version: [1, 2, 3] }
                """);
        Map<String, String> variables = Map.of("FIELDLOOP", workspace.launcher().toString());
        String line = "'" + Workspace.file("gnu-parallel.sh") + "' 2 --seeds 1..4 'a folder/hello.yaml'";
        Workspace.Finished first = workspace.shell(line, variables);

        assertThat(first.exitCode()).as(first.printed()).isZero();
        assertThat(first.printed()).contains("12 cases: 12 passed");
        try (Stream<Path> results = Files.list(folder.resolve("parts/1/result"))) {
            Files.delete(results.findFirst().orElseThrow());
        }
        Workspace.Finished again = workspace.shell(line, variables);
        assertThat(again.printed())
                .containsPattern("cases are finished in parts/1(?s).*12 cases: 12 passed")
                .doesNotContain("did not finish");
    }
}
