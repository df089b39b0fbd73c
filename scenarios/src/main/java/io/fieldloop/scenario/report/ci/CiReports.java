package io.fieldloop.scenario.report.ci;

import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.result.ResultJson;
import io.fieldloop.scenario.verdict.RunResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * Writes a finished run in the forms that were asked for, under names that stay the same from run to run.
 *
 * @param root the folder in which runs make theirs
 */
public record CiReports(Set<ReportFormat> formats, Map<String, String> environment, Path root) {
    public CiReports {
        formats = Set.copyOf(formats);
        environment = Map.copyOf(environment);
    }

    /** Whoever prints has printed the run before. */
    public void write(RunResult run, RunDirectory files, PrintWriter out) throws IOException {
        if (formats.contains(ReportFormat.GITHUB)) {
            github(run, out);
        }
        if (formats.contains(ReportFormat.GITLAB)) {
            Checkout checkout = checkout("CI_PROJECT_DIR");
            file("gl-code-quality-report.json", to -> GitlabReport.codeQuality(run, checkout, to));
            String job = environment.get("CI_JOB_URL");
            if (job != null) {
                file("gl-annotations.json", to -> GitlabReport.annotations(files, checkout, job, to));
            }
        }
        if (formats.contains(ReportFormat.JSON)) {
            file("results.json", to -> ResultJson.write(run, to));
        }
    }

    private void github(RunResult run, PrintWriter out) throws IOException {
        GithubReport.annotations(run, checkout("GITHUB_WORKSPACE")).forEach(out::println);
        String summary = environment.get("GITHUB_STEP_SUMMARY");
        if (summary != null) {
            Files.writeString(
                    Path.of(summary), GithubReport.summary(run), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private Checkout checkout(String variable) {
        return new Checkout(Path.of(environment.getOrDefault(variable, "")));
    }

    private void file(String name, Content content) throws IOException {
        Files.createDirectories(root);
        try (BufferedWriter to = Files.newBufferedWriter(root.resolve(name))) {
            content.writeTo(to);
        }
    }

    private interface Content {
        void writeTo(Writer to) throws IOException;
    }
}
