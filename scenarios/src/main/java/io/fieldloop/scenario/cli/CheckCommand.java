package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.SkippedCases;
import io.fieldloop.scenario.cli.option.SuiteNames;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.UnknownCaseException;
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

/** {@code fieldloop check}: reads scenario files and says what is wrong with them, without running them. */
@Command(
        name = "check",
        description = "Checks scenario files. Exit code 0: all can be run; 2: some cannot.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
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
        List<UnknownCaseException> unknown = new ArrayList<>();
        Cases cases = Cases.of(paths, unknown::add);
        Translation language = lang.translation(program.environment());
        unknown.forEach(one -> spec.commandLine()
                .getErr()
                .println("fieldloop: " + language.sentence(String.valueOf(one.getMessage()))));
        PrintWriter out = spec.commandLine().getOut();
        for (Problem problem : cases.problems()) {
            out.println(problem.sentence(language::sentence));
        }
        if (!cases.problems().isEmpty()) {
            out.println(language.sentence(cases.brokenText()));
            return Main.NOTHING_CONCLUDED;
        }
        if (cases.found().isEmpty()) {
            return Main.NOTHING_CONCLUDED;
        }
        notHere(cases.found()).lines().map(language::sentence).forEach(out::println);
        out.println(language.sentence(cases.filesText() + ", " + cases.found().size()
                + (cases.found().size() == 1 ? " case" : " cases") + ": no problems"));
        return unknown.isEmpty() ? 0 : Main.NOTHING_CONCLUDED;
    }

    /** What `run` would leave out, where the file does not say so itself. */
    private static SkippedCases notHere(List<SuiteCase> found) {
        RigFactory usual = VirtualRigs.factory();
        SkippedCases leftOut = new SkippedCases();
        for (SuiteCase one : found) {
            String whyNot = usual.whyNot(one.scenario());
            if (whyNot != null
                    && one.scenario().only() == null
                    && one.scenario().except() == null) {
                leftOut.add(one.id(), whyNot);
            }
        }
        return leftOut;
    }
}
