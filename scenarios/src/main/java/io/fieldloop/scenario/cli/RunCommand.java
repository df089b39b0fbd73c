package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.link.Egress;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.engine.Generator;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.ci.CiReports;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.terminal.ProgressPrinter;
import io.fieldloop.scenario.report.terminal.Terminal;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
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
import java.util.function.UnaryOperator;
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

    @Option(
            names = "--rig",
            paramLabel = "RIG",
            converter = Converters.Rig.class,
            description = "virtual (default): one thread, virtual time, repeatable; socket: real TCP, wall clock; qemu:"
                    + " real firmware, wall clock.")
    private RigKind rig = RigKind.VIRTUAL;

    @Option(
            names = "--firmware",
            paramLabel = "FILE",
            description = "Rig qemu: your flash image or ELF file; default: Fieldloop's reference firmware.")
    private @Nullable Path firmware;

    @Option(
            names = "--firmware-files",
            paramLabel = "DIR",
            description =
                    "Rig qemu: a folder with what your firmware needs beside its image in every scenario, as the bundled"
                            + " ones: firmware.yaml, which is what `firmware:` of a scenario has, and the files it names.")
    private @Nullable Path firmwareFiles;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "Rig qemu: so many cases at once; default: two for each core.")
    private @Nullable Integer atOnce;

    @Option(
            names = "--from-the-start",
            description =
                    "Rig qemu: each case of a power cut plays the whole story; else they share what comes before it,"
                            + " with the same outcome in a fraction of the time.")
    private boolean fromTheStart;

    @Option(
            names = "--record",
            description =
                    "Rig qemu: keeps QEMU's replay log beside the journal, for `fieldloop replay`; machine lx60 only.")
    private boolean record;

    @Option(
            names = "--internet",
            description = "Rig qemu: the firmware may reach whatever the host's network reaches; without it, only the"
                    + " scenario's gateway, and the journal says what else it wanted (egress-denied).")
    private boolean internet;

    @Option(
            names = "--capture",
            description =
                    "Keeps a pcapng of every device's link beside the journal, with TLS secrets in it; rig qemu always"
                            + " does, rig virtual for each failed case.")
    private boolean capture;

    @Mixin
    private FirmwareOptions firmwareOptions = new FirmwareOptions();

    @Mixin
    private AgainstOptions against = new AgainstOptions();

    @Mixin
    private FrontOptions fronts = new FrontOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

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
        UnaryOperator<String> words = output.language(program.environment())::sentence;
        for (Problem problem : cases.problems()) {
            spec.commandLine().getErr().println(problem.sentence(words));
        }
        if (!cases.problems().isEmpty()) {
            throw new CliException("Nothing was run, because of " + cases.brokenText() + ".");
        }
        return run(cases, rigs());
    }

    private RigFactory rigs() {
        against.requireNothingWithoutIt(server);
        if (rig != RigKind.QEMU && !firmwareWords().isEmpty()) {
            throw new CliException(
                    firmwareWords().get(0) + " is for firmware in QEMU; add --rig qemu, or leave it out.");
        }
        FrontChoice front = fronts.choice();
        if (against.isGiven()) {
            if (front != null) {
                throw new CliException(
                        "--front stands before our own gateway, and --against is about another; leave one out.");
            }
            requireSocketRig("--against");
            return captured(against.rigs(server));
        }
        if (front != null && rig != RigKind.QEMU) {
            requireSocketRig("--front");
        }
        if (record && !firmwareOptions.machine(firmware).profile().recordable()) {
            throw new CliException("--record needs the machine lx60: QEMU records no other.");
        }
        return switch (rig) {
            case VIRTUAL -> captured(RigFactory.virtual());
            case SOCKET ->
                captured(front == null ? RigFactory.socket() : RigFactory.socketBehind(front, fronts.words()));
            case QEMU ->
                new FirmwareRigs(
                        firmwareChoice(),
                        rigWords(),
                        atOnce == null ? FirmwareRigs.usualAtOnce() : atLeastOne(atOnce),
                        front,
                        !fromTheStart,
                        firmwareFiles == null ? null : FirmwareFiles.in(firmwareFiles));
        };
    }

    private static int atLeastOne(int cases) {
        if (cases < 1) {
            throw new CliException("--at-once is " + cases + "; expected at least one case.");
        }
        return cases;
    }

    private FirmwareChoice firmwareChoice() {
        return new FirmwareBench(firmwareOptions, spec.commandLine().getErr())
                .choose(firmware, internet ? Egress.ALLOWED : Egress.DENIED, record);
    }

    private RigFactory captured(RigFactory rigs) {
        return capture ? rigs.capturing() : rigs;
    }

    private void requireSocketRig(String option) {
        if (rig != RigKind.SOCKET && spec.commandLine().getParseResult().hasMatchedOption("--rig")) {
            throw new CliException(option + " is on real sockets; leave out --rig " + rig.wireName() + ".");
        }
        rig = RigKind.SOCKET;
    }

    private int run(Cases named, RigFactory rigs) throws InterruptedException {
        Instant started = Instant.now();
        LazyDirectory directory = new LazyDirectory(started);
        PrintWriter printed = spec.commandLine().getOut();
        List<SuiteCase> all =
                selected(named.found(), rigs, id -> directory.get().evidenceOf(id, rig));
        RunManifest manifest = sharding.plan(
                all, ShellCommand.words(words()), named.digest(), program.environment(), printed::println);
        Generator generator = sharding.generator(manifest, all, against.isGiven());
        CaseRunner runner = new CaseRunner(rigs, selection.seed(), System::nanoTime, timeout, generator);
        List<ScenarioResult> done = sharding.done(manifest, printed::println);
        RunDirectory files = begun(directory.get(), manifest);
        List<SuiteCase> cases = ownOf(manifest, all);
        if (rig == RigKind.VIRTUAL && cases.size() >= OptimisingCompiler.MANY_CASES) {
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
        String elsewhere = against.isGiven() ? "against that gateway." : "in the " + rig.wireName() + " rig.";
        PrintWriter printed = spec.commandLine().getOut();
        CaseRunner alone = new CaseRunner(rigs, selection.seed(), System::nanoTime, timeout, Generator.ALONE);
        OpenCuts cuts = new OpenCuts(alone, evidence, printed::println);
        Path out = sharding.isGiven() ? null : output.root();
        return selection.among(found, rigs, out, elsewhere, printed::println, cuts::counted);
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
            files.begin(manifest, rig);
            return files;
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(paths);
        words.addAll(rigWords());
        words.addAll(selection.words());
        words.addAll(sharding.words());
        return words;
    }

    private List<String> rigWords() {
        if (against.isGiven()) {
            return against.words(server);
        }
        List<String> words = new ArrayList<>(List.of("--rig", rig.wireName()));
        words.addAll(fronts.words());
        words.addAll(firmwareWords());
        return words;
    }

    private List<String> firmwareWords() {
        List<String> words = new ArrayList<>();
        words.addAll(firmware == null ? List.of() : List.of("--firmware", firmware.toString()));
        words.addAll(firmwareFiles == null ? List.of() : List.of("--firmware-files", firmwareFiles.toString()));
        words.addAll(atOnce == null ? List.of() : List.of("--at-once", atOnce.toString()));
        words.addAll(fromTheStart ? List.of("--from-the-start") : List.of());
        words.addAll(record ? List.of("--record") : List.of());
        words.addAll(internet ? List.of("--internet") : List.of());
        words.addAll(firmwareOptions.words());
        return words;
    }
}
