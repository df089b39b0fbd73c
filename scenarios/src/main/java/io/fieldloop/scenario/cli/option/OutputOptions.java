package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.ci.CiReports;
import io.fieldloop.scenario.report.ci.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the results of a run go, and in which forms. */
public final class OutputOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the run's folder is made (default: target/fieldloop).")
    private Path out = Path.of("target", "fieldloop");

    @Option(names = "--junit", paramLabel = "FILE", description = "A second copy of the JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--report",
            paramLabel = "FORMAT",
            split = ",",
            converter = Converters.Report.class,
            completionCandidates = Converters.Report.class,
            description =
                    "Results under a name that stays the same in --out: github, gitlab, junit, json; default: what"
                            + " the CI system that this runs in reads.")
    private @Nullable List<ReportFormat> reports;

    @Mixin
    private LanguageOption language = new LanguageOption();

    /** What is read on the terminal and in the HTML report is in this language. */
    public Translation language(Map<String, String> environment) {
        return language.translation(environment);
    }

    /** The folder in which runs make theirs. */
    public Path root() {
        return out;
    }

    public CiReports reports(Map<String, String> environment) {
        return new CiReports(formats(environment), environment, out);
    }

    private Set<ReportFormat> formats(Map<String, String> environment) {
        return reports == null ? ReportFormat.in(environment) : Set.copyOf(reports);
    }

    /** A new folder, or {@code given}. */
    public RunDirectory directory(@Nullable Path given, Instant started, Map<String, String> environment)
            throws IOException {
        boolean copyInRoot = junit == null && formats(environment).contains(ReportFormat.JUNIT);
        Path junitCopy = copyInRoot ? out.resolve("junit.xml") : junit;
        RunDirectory made =
                given == null ? RunDirectory.create(out, started, junitCopy) : RunDirectory.in(given, junitCopy);
        return made.speaking(language(environment));
    }
}
