package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.SuiteNames;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.SuiteCase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop list}: what there is to run. */
@Command(
        name = "list",
        description = "Lists cases with their titles and tags; without a path, those of the bundled suite.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            completionCandidates = SuiteNames.class,
            description = "Files, folders, or names of the bundled suite.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private LanguageOption lang = new LanguageOption();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Override
    public Integer call() {
        Translation language = lang.translation(program.environment());
        Cases cases = Cases.of(paths);
        PrintWriter out = spec.commandLine().getOut();
        String lastTitle = "";
        for (SuiteCase one : cases.found()) {
            if (!one.scenario().title().equals(lastTitle)) {
                lastTitle = one.scenario().title();
                out.println(language.of(lastTitle) + tags(one));
            }
            out.println("    " + one.argument());
        }
        cases.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        return cases.problems().isEmpty() ? 0 : Main.NOTHING_CONCLUDED;
    }

    private static String tags(SuiteCase one) {
        return one.scenario().tags().isEmpty()
                ? ""
                : "  (" + String.join(", ", one.scenario().tags()) + ")";
    }
}
