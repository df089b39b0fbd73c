package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.html.Compared;
import io.fieldloop.scenario.report.html.HtmlReport;
import io.fieldloop.scenario.report.result.Comparison;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.report.terminal.Columns;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.Translated;
import io.fieldloop.scenario.suite.ShellCommand;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop compare}: what became otherwise from one run to another. */
@Command(
        name = "compare",
        description = {
            "Compares the folders of two runs: which cases fail now, which pass now, which take longer.",
            "Exit code 0: nothing that passed fails; 1: something does; 2: they cannot be compared."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "EARLIER", description = "The folder of a run, target/fieldloop/…")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path earlier;

    @Parameters(index = "1", paramLabel = "LATER", description = "That of the run to compare with it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path later;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes LATER's report with what became otherwise at its top.")
    private @Nullable Path html;

    @Mixin
    private LanguageOption lang = new LanguageOption();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Override
    public Integer call() {
        Comparison comparison = Comparison.of(results(earlier), results(later));
        Translation language = lang.translation(program.environment());
        if (comparison.pairs().isEmpty()) {
            throw new CliException("The runs in " + earlier + " and " + later + " have no case in common.");
        }
        list(language.of("fails now"), comparison.newlyFailing(), pair -> line(pair.after(), language));
        list(
                language.of("passes now"),
                comparison.newlyPassing(),
                pair -> pair.after().id());
        list(language.of("fails still"), comparison.stillFailing(), pair -> line(pair.after(), language));
        list(
                language.of("slower"),
                comparison.slower(),
                pair -> pair.after().id() + "  " + TimeText.of(pair.before().simulated()) + " -> "
                        + TimeText.of(pair.after().simulated()));
        list(
                language.of("new"),
                comparison.added(),
                result -> result.id() + "  " + result.verdict().wireName());
        list(language.of("gone"), comparison.gone(), ScenarioResult::id);
        if (html != null) {
            writeReport(html, Compared.of(earlier.toString(), comparison), language);
        }
        spec.commandLine()
                .getOut()
                .println(language.say(
                        "{0} in both: {1} fail now, {2} pass now, {3} fail still, {4} slower; {5} new, {6} gone",
                        RunSummary.cases(comparison.pairs().size(), language),
                        comparison.newlyFailing().size(),
                        comparison.newlyPassing().size(),
                        comparison.stillFailing().size(),
                        comparison.slower().size(),
                        comparison.added().size(),
                        comparison.gone().size()));
        return comparison.newlyFailing().isEmpty() ? 0 : 1;
    }

    private <T> void list(String title, List<T> all, Function<T, String> line) {
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(one -> out.println(Columns.pad(title, 13) + line.apply(one)));
    }

    private static String line(ScenarioResult result, Translation language) {
        ScenarioResult told = Translated.of(result, language);
        return told.id() + "  " + told.headline().orElse(told.verdict().wireName());
    }

    private void writeReport(Path file, Compared compared, Translation language) {
        try (Writer out = writer(file)) {
            StoredRun run = StoredRun.open(later);
            List<ScenarioResult> results = run.resultsWithJournals();
            RunResult told = new RunResult(
                    Files.getLastModifiedTime(later.resolve(RunManifest.FILE)).toInstant(),
                    results.stream().map(ScenarioResult::wall).reduce(Duration.ZERO, Duration::plus),
                    results,
                    run.manifest().own().size(),
                    ShellCommand.of(run.manifest().command()));
            RunDirectory files = RunDirectory.in(later, null);
            HtmlReport.write(told, result -> files.journalOf(result).toString(), compared, language, out);
        } catch (IOException e) {
            throw new CliException(e.getMessage() + ".");
        }
    }

    private static Writer writer(Path file) {
        try {
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw CliException.unwritable("--html " + file, e);
        }
    }

    private static List<ScenarioResult> results(Path run) {
        try {
            return StoredRun.open(run).results();
        } catch (IOException e) {
            throw new CliException(e.getMessage() + ".");
        }
    }
}
