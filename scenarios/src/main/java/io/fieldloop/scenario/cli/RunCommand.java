package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Converters;
import io.fieldloop.scenario.cli.option.OutputOptions;
import io.fieldloop.scenario.cli.option.SelectionOptions;
import io.fieldloop.scenario.cli.option.ShardOptions;
import io.fieldloop.scenario.cli.option.SuiteNames;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.engine.Generator;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.ci.CiReports;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.terminal.ProgressPrinter;
import io.fieldloop.scenario.report.terminal.Terminal;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.OpenCuts;
import io.fieldloop.scenario.suite.RunPlan;
import io.fieldloop.scenario.suite.ShellCommand;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.SuiteRunner;
import io.fieldloop.scenario.suite.UnknownCaseException;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop run}: runs scenarios and leaves the evidence. */
@Command(
        name = "run",
        description = {
            "Runs scenario files, all files below folders, or scenarios of the bundled suite by name; without any, the whole"
                    + " bundled suite.",
            "Exit code 0: all passed; 1: an expectation failed; 2: nothing can be concluded."
        },
        footer = {
            "",
            "Examples:",
            "  run                                          the bundled suite, in virtual time",
            "  run --rig socket tls                         one subject of it, on real sockets",
            "  run 'tls/certificate-expired[device=modem]'  one case of a matrix",
            "  run my.yaml more/ --junit ci.xml             files and folders of your own",
            "  run --seeds 1..50 link/nat-forgets           how often it passes, whatever chance brings",
            "  run --shard 3/8 --resume parts/3             the third of eight machines; see `fieldloop merge`",
            "  run --against wss://voice.example.com/xiaozhi/v1/ link   a gateway that is not ours"
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
@OwnsWallClock("runs are timed and named by the clock on the wall")
final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Parameters(
            paramLabel = "PATH",
            completionCandidates = SuiteNames.class,
            description = "File, folder, or name such as tls/wrong-name; a case in brackets.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private RigOptions rig = new RigOptions();

    @Option(
            names = "--story",
            description = "Tells each reproduced bug in five lines: device, console, gateway, cause, fix; ten cases or"
                    + " fewer always do.")
    private boolean story;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--fail-fast", description = "No more cases begin once one did not pass.")
    private boolean failFast;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "A case that takes longer of real time is given up, and nothing is concluded of it (32m).")
    private Duration timeout = CaseRunner.WALL_MAX;

    @Mixin
    private ShardOptions sharding = new ShardOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--watch", description = "Runs again whenever one of the files is saved, until Ctrl-C.")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        if (!watch) {
            return runOnce();
        }
        try (FileWatch files = new FileWatch(paths)) {
            while (true) {
                try {
                    runOnce();
                } catch (CliException | UnknownCaseException halfWritten) {
                    spec.commandLine().getErr().println("fieldloop: " + halfWritten.getMessage());
                }
                spec.commandLine()
                        .getOut()
                        .println(output.language(program.environment()).of("Waiting for a change; Ctrl-C ends it."));
                files.await();
            }
        }
    }

    private int runOnce() throws InterruptedException {
        Cases cases = Cases.of(paths);
        Translation language = output.language(program.environment());
        for (Problem problem : cases.problems()) {
            spec.commandLine().getErr().println(problem.sentence(language::sentence));
        }
        if (!cases.problems().isEmpty()) {
            throw new CliException(
                    language.say("Nothing was run, because of {0}.", language.sentence(cases.brokenText())));
        }
        return run(cases, rig.rigs());
    }

    private int run(Cases named, RigFactory rigs) throws InterruptedException {
        Instant started = Instant.now();
        LazyDirectory directory = new LazyDirectory(started);
        PrintWriter printed = spec.commandLine().getOut();
        List<SuiteCase> all =
                selected(named.found(), rigs, id -> directory.get().evidenceOf(id, rig.kind()));
        RunManifest manifest =
                sharding.plan(all, ShellCommand.words(words()), named.digest(), program.environment(), this::tell);
        Generator generator = sharding.generator(manifest, all, rig.isAgainst());
        CaseRunner runner = new CaseRunner(rigs, selection.seed(), System::nanoTime, timeout, generator);
        List<ScenarioResult> done = sharding.done(manifest, this::tell);
        RunDirectory files = begun(directory.get(), manifest);
        List<SuiteCase> cases = ownOf(manifest, all);
        if (rig.kind() == RigKind.VIRTUAL && cases.size() >= OptimisingCompiler.MANY_CASES) {
            OptimisingCompiler.keepAway();
        }
        RunListener printer = new ProgressPrinter(
                Terminal.standardOutput(program.environment(), printed),
                System::nanoTime,
                story,
                output.language(program.environment()));
        RunPlan plan = new RunPlan(cases, done, failFast, started, ShellCommand.of(words()));
        SuiteRunner suite = new SuiteRunner(plan, runner, printer, files, System::nanoTime);
        CiReports ci = output.reports(program.environment());
        try (InterruptHandler ending = new InterruptHandler(suite, files, printer, ci, printed)) {
            RunResult result = suite.run();
            ending.write();
            return result.verdict().exitCode();
        }
    }

    private List<SuiteCase> selected(List<SuiteCase> found, RigFactory rigs, Function<String, Path> evidence) {
        CaseRunner alone = new CaseRunner(rigs, selection.seed(), System::nanoTime, timeout, Generator.ALONE);
        OpenCuts cuts = new OpenCuts(alone, evidence, this::tell);
        Path out = sharding.isGiven() ? null : output.root();
        return selection.among(found, rigs, out, rig.place(), this::tell, cuts::counted);
    }

    private void tell(String english) {
        spec.commandLine()
                .getOut()
                .println(output.language(program.environment()).sentence(english));
    }

    private static List<SuiteCase> ownOf(RunManifest manifest, List<SuiteCase> all) {
        Set<String> ids =
                manifest.own().stream().map(RunManifest.PlannedCase::id).collect(Collectors.toSet());
        return all.stream().filter(one -> ids.contains(one.id())).toList();
    }

    /** The directory of one run, made as soon as something is to be kept there. */
    private final class LazyDirectory {
        private final Instant started;
        private @Nullable RunDirectory made;

        LazyDirectory(Instant started) {
            this.started = started;
        }

        RunDirectory get() {
            RunDirectory there = made;
            if (there == null) {
                there = runDirectory(started);
                made = there;
            }
            return there;
        }
    }

    private RunDirectory runDirectory(Instant started) {
        try {
            return output.directory(sharding.directory(), started, program.environment());
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private RunDirectory begun(RunDirectory files, RunManifest manifest) {
        try {
            files.begin(manifest, rig.kind());
            return files;
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(paths);
        words.addAll(rig.words());
        words.addAll(selection.words());
        words.addAll(sharding.words());
        return words;
    }
}
