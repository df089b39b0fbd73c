package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.OutputOptions;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.report.terminal.ProgressPrinter;
import io.fieldloop.scenario.report.terminal.Terminal;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.ShellCommand;
import io.fieldloop.scenario.suite.shard.MergedRun;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop merge}: makes one run of the parts that several machines ran. */
@Command(
        name = "merge",
        description = {
            "Makes one run of the folders that `run --shard` left on several machines: one report, one JUnit XML, all"
                    + " journals. A folder may hold many of them.",
            "Exit code as that of the whole run; 2: a part is missing, unfinished, there twice, or of another run."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
@OwnsWallClock("a merged run is named by the clock on the wall")
final class MergeCommand implements Callable<Integer> {
    /** CI systems put artifacts into folders of folders. */
    private static final int DEPTH_MAX = 4;

    private static final Pattern START = Pattern.compile("--start \\S+");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of runs, or folders that hold such.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = "--missing",
            description = "Only prints the commands that run what is missing; exit code 2 when something is.")
    private boolean missing;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try {
            MergedRun merged = MergedRun.of(runs(), MergeCommand::read);
            PrintWriter err = spec.commandLine().getErr();
            Translation language = output.language(program.environment());
            merged.complaints().forEach(complaint -> err.println("fieldloop: " + language.sentence(complaint + ".")));
            if (missing) {
                List<String> commands = merged.missing().stream()
                        .map(one -> command(merged, one))
                        .toList();
                tell(commands, spec.commandLine().getOut());
                return merged.missing().isEmpty() ? 0 : Main.NOTHING_CONCLUDED;
            }
            int exitCode = write(merged).verdict().exitCode();
            return merged.complaints().isEmpty() ? exitCode : Main.NOTHING_CONCLUDED;
        } catch (IOException e) {
            throw new CliException(e.getMessage() + ".");
        }
    }

    private List<StoredRun> runs() throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (Path directory : directories) {
            List<Path> below = below(directory);
            if (below.isEmpty()) {
                throw new CliException(
                        "In " + directory + " is no folder of a run (one with " + RunManifest.FILE + ").");
            }
            found.addAll(below);
        }
        List<StoredRun> runs = new ArrayList<>();
        for (Path directory : found) {
            runs.add(StoredRun.open(directory));
        }
        return runs;
    }

    private static List<Path> below(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory, DEPTH_MAX)) {
            return files.filter(file -> Files.exists(file.resolve(RunManifest.FILE)))
                    .filter(file ->
                            file.equals(directory) || !Files.isSymbolicLink(file)) // `latest` is one of the others
                    .map(Path::normalize)
                    .sorted()
                    .toList();
        }
    }

    private static Scenario read(RunManifest.PlannedCase planned, RunManifest plan) throws IOException {
        Cases cases = Cases.of(List.of(planned.argument()));
        if (cases.found().size() != 1 || !cases.digest().equals(plan.files())) {
            throw new IOException("The file of " + planned.argument()
                    + " is not the one that was run, and a load is judged by it here; merge where that file is");
        }
        return cases.found().get(0).scenario();
    }

    private static String command(MergedRun merged, MergedRun.Missing one) {
        List<String> words = new ArrayList<>(List.of("--shard", one.shard().toString()));
        if (one.directory() != null) {
            words.addAll(List.of("--resume", one.directory().toString()));
        }
        return ShellCommand.of(merged.manifest().command() + " " + ShellCommand.words(words));
    }

    /** The parts of a load begin at one instant, and the one they had is over. */
    private static void tell(List<String> commands, PrintWriter out) {
        if (commands.stream().anyMatch(command -> START.matcher(command).find())) {
            out.println("start=$(date -ud '+1 min' +%FT%TZ)");
        }
        commands.forEach(command -> out.println(START.matcher(command).replaceFirst("--start \"\\$start\"")));
    }

    private RunResult write(MergedRun merged) throws IOException {
        Map<String, String> environment = program.environment();
        PrintWriter out = spec.commandLine().getOut();
        RunDirectory files = output.directory(null, Instant.now(), environment);
        RigKind rig = merged.results().isEmpty()
                ? RigKind.VIRTUAL
                : merged.results().get(0).rig();
        files.begin(merged.manifest(), rig);
        for (StoredRun part : merged.parts()) {
            files.takeEvidence(part.directory());
        }
        RunResult run = run(merged);
        files.write(run);
        RunListener printer = new ProgressPrinter(
                Terminal.standardOutput(environment, out), System::nanoTime, false, output.language(environment));
        run.scenarios().forEach(result -> printer.scenarioFinished(result, files));
        printer.runFinished(run, files);
        output.reports(environment).write(run, files, out);
        return run;
    }

    private static RunResult run(MergedRun merged) {
        Duration wall = merged.results().stream().map(ScenarioResult::wall).reduce(Duration.ZERO, Duration::plus);
        return new RunResult(
                Instant.now(),
                wall,
                merged.results(),
                merged.manifest().cases().size(),
                ShellCommand.of(merged.manifest().command()),
                true);
    }
}
