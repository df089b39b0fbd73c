package io.fieldloop.scenario.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files for engines that are not here: their script lines are executed by a shell with the variables the engine sets. That the
 * engine itself takes the file is not shown.
 */
@DisabledOnOs(OS.WINDOWS)
@SuppressWarnings("unchecked") // YAML
final class ReadyFilesTest {
    private static final String SCENARIO = """
            scenario: A device says hello
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/", protocol-version: "${version}" } }
            expect: [{ device: door, is: online }]
            matrix: { version: [1, 2, 3] }
            """;

    @TempDir
    private Path folder;

    private Workspace workspace;

    @BeforeEach
    void checkOut() throws IOException {
        workspace = Workspace.in(folder).with("scenarios/hello.yaml", SCENARIO);
    }

    @Test
    void gitHubActions() throws Exception {
        Map<String, Object> jobs = map(documents("github-actions.yml").get(0), "jobs");
        Map<String, Object> part = map(jobs, "part");
        List<Object> parts = (List<Object>) map(map(part, "strategy"), "matrix").get("part");
        Map<String, String> variables = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_WORKSPACE", folder.toString(),
                "GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
        for (Object one : parts) {
            String line = script(part)
                    .replace("${{ matrix.part }}", one.toString())
                    .replace("${{ strategy.job-total }}", Integer.toString(parts.size()));
            assertThat(workspace.shell(line, variables).exitCode()).isZero();
        }
        Workspace.Finished merged = workspace.shell(script(map(jobs, "merge")), variables);

        assertThat(merged.exitCode()).as(merged.printed()).isZero();
        assertThat(merged.printed()).contains("3 cases: 3 passed");
        assertThat(folder.resolve("summary.md")).content().contains("### Fieldloop: passed");
        for (Object step : allSteps(jobs)) {
            Map<String, Object> with =
                    (Map<String, Object>) ((Map<String, Object>) step).getOrDefault("with", Map.of());
            if (with.containsKey("path")) {
                assertThat(folder.resolve(with.get("path").toString())).isDirectory();
            }
        }
    }

    @Test
    void gitLabParallel() throws Exception {
        Map<String, Object> file = documents("gitlab-ci.yml").get(0);
        int parts = (int) map(file, "fieldloop").get("parallel");
        Map<String, String> variables = new HashMap<>(Map.of(
                "GITLAB_CI",
                "true",
                "CI_PROJECT_DIR",
                folder.toString(),
                "CI_JOB_URL",
                "https://gitlab.example/-/jobs/1",
                "CI_NODE_TOTAL",
                Integer.toString(parts)));
        for (int i = 1; i <= parts; i++) {
            variables.put("CI_NODE_INDEX", Integer.toString(i));
            Workspace.Finished part = workspace.shell(script(map(file, "fieldloop")), variables);
            assertThat(part.exitCode()).as(part.printed()).isZero();
        }
        variables.remove("CI_NODE_INDEX");
        variables.put("CI_NODE_TOTAL", "1");
        Map<String, Object> merge = map(file, "fieldloop-merge");
        Workspace.Finished merged = workspace.shell(script(merge), variables);

        assertThat(merged.exitCode()).as(merged.printed()).isZero();
        assertThat(merged.printed()).contains("3 cases: 3 passed");
        assertThat(map(map(merge, "artifacts"), "reports").values())
                .hasSize(3)
                .allSatisfy(
                        report -> assertThat(folder.resolve(report.toString())).isNotEmptyFile());
    }

    @Test
    void kubernetesIndexedJob() throws Exception {
        List<Map<String, Object>> documents = documents("kubernetes-job.yaml");
        Map<String, Object> job = map(documents.get(1), "spec");
        int parts = (int) job.get("completions");
        for (int i = 0; i < parts; i++) {
            Map<String, Object> container = container(job);
            Map<String, String> variables = new HashMap<>(Map.of("JOB_COMPLETION_INDEX", Integer.toString(i)));
            for (Object one : (List<Object>) container.get("env")) {
                Map<String, Object> variable = (Map<String, Object>) one;
                variables.put(
                        variable.get("name").toString(), variable.get("value").toString());
            }
            String line = line(container).replace("$(JOB_COMPLETION_INDEX)", Integer.toString(i));
            Workspace.Finished part = workspace.shell(line, variables);
            assertThat(part.exitCode()).as(part.printed()).isZero();
            assertThat(part.printed()).contains("Part " + (i + 1) + "/" + parts + " (Kubernetes: ");
        }
        Workspace.Finished merged = workspace.shell(line(container(map(documents.get(2), "spec"))), Map.of());

        assertThat(merged.exitCode()).as(merged.printed()).isZero();
        assertThat(folder.resolve("work/merged/latest/report.html")).isNotEmptyFile();
    }

    private String line(Map<String, Object> container) {
        List<String> words = new ArrayList<>(List.of(workspace.launcher().toString()));
        for (Object word : (List<Object>) container.get("args")) {
            words.add("'"
                    + word.toString()
                            .replaceFirst("^/work", folder.resolve("work").toString()) + "'");
        }
        return String.join(" ", words);
    }

    private static Map<String, Object> container(Map<String, Object> job) {
        Map<String, Object> pod = map(map(job, "template"), "spec");
        return (Map<String, Object>) ((List<Object>) pod.get("containers")).get(0);
    }

    private static List<Object> allSteps(Map<String, Object> jobs) {
        return jobs.values().stream()
                .flatMap(job -> ((List<Object>) ((Map<String, Object>) job).get("steps")).stream())
                .toList();
    }

    /** The lines that a shell gets. */
    private static String script(Map<String, Object> job) {
        List<String> lines = new ArrayList<>();
        for (Object step : (List<Object>) job.getOrDefault("steps", job.get("script"))) {
            Object line = step instanceof Map<?, ?> map ? map.get("run") : step;
            if (line != null) {
                lines.add(line.toString());
            }
        }
        return String.join("\n", lines);
    }

    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) of.get(key);
    }

    private static List<Map<String, Object>> documents(String name) throws IOException {
        Iterable<Object> documents =
                new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(Workspace.file(name)));
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> (Map<String, Object>) document)
                .toList();
    }
}
