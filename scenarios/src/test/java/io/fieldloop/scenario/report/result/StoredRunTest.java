package io.fieldloop.scenario.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's folder says afterwards all that was known of it. */
final class StoredRunTest {
    @TempDir
    private Path root;

    @Test
    void everyResultComesBackAsItWas() throws IOException {
        List<ScenarioResult> results = SampleRun.mixed().scenarios();
        RunDirectory files = begun(results);
        files.write(SampleRun.mixed());

        assertThat(StoredRun.open(files.directory()).resultsWithJournals()).isEqualTo(results);
        assertThat(StoredRun.open(files.directory()).results())
                .allSatisfy(result -> assertThat(result.journal()).isEmpty());
    }

    @Test
    void whatDidNotFinishDidNotPass() throws IOException {
        List<ScenarioResult> results = SampleRun.mixed().scenarios();
        RunDirectory files = begun(results);
        files.keep(SampleRun.expiry());
        files.keep(SampleRun.failure());

        assertThat(SampleRun.expiry().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(StoredRun.newestBelow(root).orElseThrow().notPassed())
                .hasSize(results.size() - 1)
                .contains(SampleRun.failure().id())
                .doesNotContain(SampleRun.expiry().id());
    }

    @Test
    void aFolderThatIsNoneAndAFileThatIsNoneAreOneSentence() throws IOException {
        assertThatThrownBy(() -> StoredRun.open(root))
                .hasMessageContaining("run.json is not there; expected the folder");
        Files.writeString(root.resolve("run.json"), "{\"version\": 1}");
        assertThatThrownBy(() -> StoredRun.open(root)).hasMessageEndingWith("or of another version of it");
    }

    private RunDirectory begun(List<ScenarioResult> results) throws IOException {
        RunDirectory files = RunDirectory.create(root, SampleRun.STARTED, null);
        files.begin(
                new RunManifest(
                        "1",
                        "run",
                        "0",
                        1,
                        1,
                        results.stream()
                                .map(one -> new RunManifest.PlannedCase(one.id(), one.id(), 1))
                                .toList()),
                RigKind.VIRTUAL);
        return files;
    }
}
