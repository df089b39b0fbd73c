package io.fieldloop.scenario.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GitHub and GitLab read of a run. */
final class CiReportsTest {
    @TempDir
    private Path workspace;

    @Test
    void gitHubShowsReasonFixAndRepeatCommandAtTheLineOfTheFile() throws IOException {
        Path summary = workspace.resolve("summary.md");
        Files.writeString(summary, "before\n");
        String printed = write(
                List.of(inWorkspace("a fix, 100 %:\nreload")),
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()));
        ScenarioResult failure = SampleRun.failure();

        assertThat(printed)
                .startsWith("::error file=scenarios/my.yaml,line=" + failure.line() + ",title=")
                .contains("Fix: a fix, 100 %25:%0Areload%0ARepeat: " + failure.repeat());
        assertThat(printed.lines()).hasSize(1);
        assertThat(summary)
                .content()
                .startsWith("before\n### Fieldloop: failed\n")
                .contains("#### FAILED ", "**Fix:** a fix, 100 %: reload\n", "    " + failure.repeat() + "\n");
    }

    @Test
    void whatIsInconclusiveIsAWarningAndABundledFileHasNoPlace() throws IOException {
        assertThat(write(List.of(SampleRun.inconclusive()), Map.of("GITHUB_ACTIONS", "true")))
                .startsWith("::warning title=");
    }

    @Test
    void nothingOfAFileIsMarkdownOrMentionsAnybody() throws IOException {
        Path summary = workspace.resolve("summary.md");
        write(
                List.of(inWorkspace("<b>@everyone</b> [x](http://x) `y`")),
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()));

        assertThat(summary)
                .content()
                .contains("&lt;b>@<!-- -->everyone&lt;/b> \\[x\\](http://x) \\`y\\`")
                .doesNotContain("<b>");
    }

    @Test
    void gitLabHasAFindingForEachCaseAndLinksToTheReport() throws IOException {
        write(
                List.of(inWorkspace("fix"), SampleRun.expiry()),
                Map.of(
                        "GITLAB_CI", "true",
                        "CI_PROJECT_DIR", workspace.toString(),
                        "CI_JOB_URL", "https://gitlab.example/-/jobs/7"));
        JsonNode findings =
                new JsonMapper().readTree(Files.readString(workspace.resolve("gl-code-quality-report.json")));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).at("/location/path").asText()).isEqualTo("scenarios/my.yaml");
        assertThat(findings.get(0).at("/location/lines/begin").asInt())
                .isEqualTo(SampleRun.failure().line());
        assertThat(findings.get(0).at("/severity").asText()).isEqualTo("major");
        assertThat(findings.get(0).at("/fingerprint").asText()).isNotEmpty();
        assertThat(workspace.resolve("gl-annotations.json"))
                .content()
                .contains("https://gitlab.example/-/jobs/7/artifacts/file/2026-07-28T14-03-05Z/report.html")
                .contains("https://gitlab.example/-/jobs/7/artifacts/browse/2026-07-28T14-03-05Z/journal");
    }

    @Test
    void allResultsAreOneJsonObject() throws IOException {
        write(List.of(SampleRun.expiry(), SampleRun.failure()), Set.of(ReportFormat.JSON), Map.of());
        JsonNode run = new JsonMapper().readTree(Files.readString(workspace.resolve("results.json")));

        assertThat(run.at("/verdict").asText()).isEqualTo("failed");
        assertThat(run.at("/cases")).hasSize(2);
        assertThat(run.at("/cases/1/expectations/0/verdict").asText()).isNotEmpty();
    }

    private ScenarioResult inWorkspace(String fix) throws IOException {
        Path file = Files.createDirectories(workspace.resolve("scenarios")).resolve("my.yaml");
        Files.writeString(file, "");
        ScenarioResult result = SampleRun.failure();
        About about = result.about();
        return new ScenarioResult(
                result.id(),
                new About(
                        about.title(),
                        about.why(),
                        fix,
                        about.links(),
                        about.tags(),
                        new SourcePosition(file.toString(), 3, 1)),
                result.rig(),
                result.seed(),
                result.verdict(),
                result.problem(),
                result.expectations(),
                result.journal(),
                result.simulated(),
                result.wall(),
                result.repeat());
    }

    private String write(List<ScenarioResult> results, Map<String, String> environment) throws IOException {
        return write(results, ReportFormat.in(environment), environment);
    }

    private String write(List<ScenarioResult> results, Set<ReportFormat> formats, Map<String, String> environment)
            throws IOException {
        RunDirectory files = RunDirectory.create(workspace, SampleRun.STARTED, null);
        files.write(SampleRun.run(results, results.size()));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("GITHUB_WORKSPACE", workspace.toString());
        StringWriter printed = new StringWriter();
        new CiReports(formats, variables, workspace)
                .write(SampleRun.run(results, results.size()), files, new PrintWriter(printed, true));
        return printed.toString();
    }
}
