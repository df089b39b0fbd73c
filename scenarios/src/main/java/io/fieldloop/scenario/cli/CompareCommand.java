package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.report.result.Comparison;
import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
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

    @Override
    public Integer call() {
        Comparison comparison = Comparison.of(results(earlier), results(later));
        if (comparison.pairs().isEmpty()) {
            throw new CliException("The runs in " + earlier + " and " + later + " have no case in common.");
        }
        list("fails now", comparison.newlyFailing(), pair -> line(pair.after()));
        list("passes now", comparison.newlyPassing(), pair -> pair.after().id());
        list("fails still", comparison.stillFailing(), pair -> line(pair.after()));
        list(
                "slower",
                comparison.slower(),
                pair -> pair.after().id() + "  " + TimeText.of(pair.before().simulated()) + " -> "
                        + TimeText.of(pair.after().simulated()));
        list(
                "new",
                comparison.added(),
                result -> result.id() + "  " + result.verdict().wireName());
        list("gone", comparison.gone(), ScenarioResult::id);
        spec.commandLine()
                .getOut()
                .println(RunSummary.cases(comparison.pairs().size()) + " in both: "
                        + comparison.newlyFailing().size() + " fail now, "
                        + comparison.newlyPassing().size() + " pass now, "
                        + comparison.stillFailing().size() + " fail still, "
                        + comparison.slower().size() + " slower; "
                        + comparison.added().size() + " new, "
                        + comparison.gone().size() + " gone");
        return comparison.newlyFailing().isEmpty() ? 0 : 1;
    }

    private <T> void list(String title, List<T> all, Function<T, String> line) {
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(one -> out.printf(Locale.ROOT, "%-11s  %s%n", title, line.apply(one)));
    }

    private static String line(ScenarioResult result) {
        return result.id() + "  " + result.headline().orElse(result.verdict().wireName());
    }

    private static List<ScenarioResult> results(Path run) {
        try {
            return StoredRun.open(run).results();
        } catch (IOException e) {
            throw new CliException(e.getMessage() + ".");
        }
    }
}
