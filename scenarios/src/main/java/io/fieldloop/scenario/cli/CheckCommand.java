package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.model.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop check}: reads scenario files and says what is wrong with them, without running them. */
@Command(
        name = "check",
        description = "Checks scenario files. Exit code 0: all can be run; 2: some cannot.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, folders, or names of the bundled suite.")
    private List<String> paths = new ArrayList<>();

    @Override
    public Integer call() {
        Cases cases = Cases.of(paths);
        PrintWriter out = spec.commandLine().getOut();
        for (Problem problem : cases.problems()) {
            out.println(problem);
        }
        int problems = cases.problems().size();
        if (problems > 0) {
            out.println(problems + (problems == 1 ? " problem" : " problems") + " in " + files(cases));
            return Main.NOTHING_CONCLUDED;
        }
        out.println(files(cases) + ", " + cases.found().size() + (cases.found().size() == 1 ? " case" : " cases")
                + ": no problems");
        return 0;
    }

    private static String files(Cases cases) {
        return cases.files() + (cases.files() == 1 ? " file" : " files");
    }
}
