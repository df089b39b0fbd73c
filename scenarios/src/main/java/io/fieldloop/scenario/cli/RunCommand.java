package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.link.Egress;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.terminal.ProgressPrinter;
import io.fieldloop.scenario.report.terminal.Terminal;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
import io.fieldloop.scenario.shape.Problem;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.ShellCommand;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.SuiteRunner;
import io.fieldloop.scenario.verdict.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        footer = {
            "",
            "Examples:",
            "  run                                          the bundled suite, in virtual time",
            "  run --rig socket tls                         one subject of it, on real sockets",
            "  run 'tls/certificate-expired[device=modem]'  one case of a matrix",
            "  run my.yaml more/ --junit ci.xml             files and folders of your own",
            "  run --against wss://voice.example.com/xiaozhi/v1/ link   a gateway that is not ours"
        },
        versionProvider = Version.class,
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
            converter = Converters.Rig.class,
            description = "virtual (default): one thread, virtual time, repeatable; socket: real TCP, wall clock; qemu:"
                    + " real firmware, wall clock.")
    private RigKind rig = RigKind.VIRTUAL;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Converters.Seed.class,
            description = "In place of the files' seeds, but of those with a `seed-because`.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the run's folder is made (default: target/fieldloop).")
    private Path out = Path.of("target", "fieldloop");

    @Option(
            names = "--firmware",
            paramLabel = "FILE",
            description = "Rig qemu: your flash image or ELF file; default: Fieldloop's reference firmware.")
    private @Nullable Path firmware;

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

    @Option(names = "--junit", paramLabel = "FILE", description = "A second copy of the JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--story",
            description = "Tells each reproduced bug in five lines: device, console, gateway, cause, fix; a single case"
                    + " always does.")
    private boolean story;

    @Option(names = "--only", paramLabel = "TAG", description = "Only scenarios with this tag; may be repeated.")
    private List<String> only = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Cases cases = Cases.of(paths);
        for (Problem problem : cases.problems()) {
            spec.commandLine().getErr().println(problem);
        }
        if (!cases.problems().isEmpty()) {
            throw new CliException("Nothing was run, because of " + cases.brokenText() + ".");
        }
        CaseRunner runner = new CaseRunner(rigs(), seed, System::nanoTime);
        return run(selected(cases.found(), runner), runner);
    }

    private List<SuiteCase> selected(List<SuiteCase> found, CaseRunner runner) {
        List<SuiteCase> tagged = found.stream()
                .filter(one -> only.isEmpty() || one.scenario().tags().stream().anyMatch(only::contains))
                .toList();
        if (tagged.isEmpty()) {
            Set<String> tags = new TreeSet<>();
            found.forEach(one -> tags.addAll(one.scenario().tags()));
            throw new CliException("None of these scenarios has the tag " + String.join(" or ", only)
                    + (tags.isEmpty() ? "; they have no tags." : "; there are " + String.join(", ", tags) + "."));
        }
        List<SuiteCase> applying = new ArrayList<>();
        SkippedCases leftOut = new SkippedCases();
        for (SuiteCase one : tagged) {
            String whyNot = runner.rigs().whyNot(one.scenario());
            if (whyNot == null) {
                applying.add(one);
            } else {
                leftOut.add(one.id(), whyNot);
            }
        }
        leftOut.lines().forEach(spec.commandLine().getOut()::println);
        applying.stream()
                .filter(one -> seed != null && one.scenario().seedBecause() != null)
                .forEach(one -> spec.commandLine()
                        .getOut()
                        .println(one.id() + " keeps its own seed "
                                + one.scenario().seed() + ": " + one.scenario().seedBecause()));
        if (applying.isEmpty()) {
            throw new CliException("None of these scenarios makes sense "
                    + (against.isGiven() ? "against that gateway." : "in the " + rig.wireName() + " rig."));
        }
        return applying;
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
        if (front != null) {
            requireSocketRig("--front");
        }
        if (record && !firmwareOptions.machine(firmware).profile().recordable()) {
            throw new CliException("--record needs the machine lx60: QEMU records no other.");
        }
        return switch (rig) {
            case VIRTUAL -> captured(RigFactory.virtual());
            case SOCKET ->
                captured(front == null ? RigFactory.socket() : RigFactory.socketBehind(front, fronts.words()));
            case QEMU -> new FirmwareRigs(firmwareChoice(), rigWords());
        };
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

    private int run(List<SuiteCase> cases, CaseRunner runner) throws InterruptedException {
        Instant started = Instant.now();
        RunDirectory files = runDirectory(started);
        if (rig == RigKind.VIRTUAL && cases.size() >= OptimisingCompiler.MANY_CASES) {
            OptimisingCompiler.keepAway();
        }
        Terminal terminal =
                Terminal.standardOutput(System.getenv(), spec.commandLine().getOut());
        RunListener printer = new ProgressPrinter(terminal, System::nanoTime, story);
        SuiteRunner suite = new SuiteRunner(cases, runner, printer, files, System::nanoTime, started, commandLine());
        try (InterruptHandler ending = new InterruptHandler(suite, files, printer)) {
            RunResult result = suite.run();
            ending.write();
            return result.verdict().exitCode();
        }
    }

    private RunDirectory runDirectory(Instant started) {
        try {
            return RunDirectory.create(out, started, junit);
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private String commandLine() {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(paths);
        words.addAll(rigWords());
        if (seed != null) {
            words.addAll(List.of("--seed", seed.toString()));
        }
        only.forEach(tag -> words.addAll(List.of("--only", tag)));
        return ShellCommand.of(words);
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
        words.addAll(record ? List.of("--record") : List.of());
        words.addAll(internet ? List.of("--internet") : List.of());
        words.addAll(firmwareOptions.words());
        return words;
    }
}
