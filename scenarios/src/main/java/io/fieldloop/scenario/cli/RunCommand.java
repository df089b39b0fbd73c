package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.model.Problem;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.terminal.ProgressPrinter;
import io.fieldloop.scenario.report.terminal.Terminal;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.SuiteRunner;
import io.fieldloop.scenario.verdict.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop run}: runs scenarios and leaves the evidence. */
@Command(
        name = "run",
        description = {
            "Runs scenario files, all files below folders, or scenarios of the bundled suite by name; without any, the whole"
                    + " bundled suite.",
            "Exit code 0: all passed; 1: an expectation failed; 2: nothing can be concluded."
        },
        mixinStandardHelpOptions = true)
@OwnsWallClock("runs are timed and named by the clock on the wall")
final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "File, folder, or name such as tls/wrong-name; a case in brackets.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--rig",
            paramLabel = "RIG",
            description = "virtual (default): one thread, virtual time, repeatable; socket: real TCP, wall clock.")
    private RigKind rig = RigKind.VIRTUAL;

    @Option(names = "--seed", paramLabel = "N", description = "In place of the files' seeds.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the run's folder is made (default: target/fieldloop).")
    private Path out = Path.of("target", "fieldloop");

    @Option(names = "--junit", paramLabel = "FILE", description = "A second copy of the JUnit XML.")
    private @Nullable Path junit;

    @Option(names = "--only", paramLabel = "TAG", description = "Only scenarios with this tag; may be repeated.")
    private List<String> only = new ArrayList<>();

    private final AtomicBoolean written = new AtomicBoolean();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Cases cases = Cases.of(paths);
        for (Problem problem : cases.problems()) {
            spec.commandLine().getErr().println(problem);
        }
        if (!cases.problems().isEmpty()) {
            return Main.NOTHING_CONCLUDED;
        }
        CaseRunner runner = new CaseRunner(rig, seed, System::nanoTime);
        return run(selected(cases.found(), runner), runner);
    }

    private List<SuiteCase> selected(List<SuiteCase> found, CaseRunner runner) {
        List<SuiteCase> tagged = found.stream()
                .filter(one -> only.isEmpty() || one.scenario().tags().stream().anyMatch(only::contains))
                .toList();
        if (tagged.isEmpty()) {
            throw new CliException("No scenario has the tag " + String.join(" or ", only) + "; see `fieldloop list`.");
        }
        List<SuiteCase> applying =
                tagged.stream().filter(one -> runner.applies(one.scenario())).toList();
        tagged.stream().filter(one -> !runner.applies(one.scenario())).forEach(this::sayWhyNot);
        if (applying.isEmpty()) {
            throw new CliException("None of these scenarios makes sense in the " + rig.wireName() + " rig.");
        }
        return applying;
    }

    private void sayWhyNot(SuiteCase left) {
        if (left.scenario().only() != null) {
            spec.commandLine()
                    .getOut()
                    .println("left out  " + left.id() + ": only in the "
                            + left.scenario().only().rig().wireName() + " rig, because "
                            + left.scenario().only().because());
        }
    }

    private int run(List<SuiteCase> cases, CaseRunner runner) throws InterruptedException, IOException {
        Instant started = Instant.now();
        RunDirectory files = runDirectory(started);
        RunListener printer = new ProgressPrinter(Terminal.standardOutput(System.getenv()), System::nanoTime);
        SuiteRunner suite =
                new SuiteRunner(cases, rig, runner, printer, files, System::nanoTime, started, commandLine());
        Thread onInterrupt = new Thread(() -> writeOnce(suite, files, printer), "fieldloop-interrupted");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        RunResult result = suite.run();
        writeOnce(suite, files, printer);
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        return result.verdict().exitCode();
    }

    private RunDirectory runDirectory(Instant started) {
        try {
            return RunDirectory.create(out, started, junit);
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    /** Also called by the shutdown hook: Ctrl-C still leaves the reports of what finished. */
    private void writeOnce(SuiteRunner suite, RunDirectory files, RunListener printer) {
        if (written.compareAndSet(false, true)) {
            RunResult result = suite.soFar();
            try {
                files.write(result);
            } catch (IOException e) {
                spec.commandLine().getErr().println("fieldloop: " + e.getMessage());
            }
            printer.runFinished(result, files);
        }
    }

    private String commandLine() {
        return "java -jar scenarios/target/fieldloop.jar run"
                + paths.stream().map(path -> " '" + path + "'").reduce("", String::concat)
                + " --rig " + rig.wireName()
                + (seed == null ? "" : " --seed " + seed)
                + only.stream().map(tag -> " --only " + tag).reduce("", String::concat);
    }
}
