package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Converters;
import io.fieldloop.scenario.cli.option.FirmwareOptions;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.RecordedBoot;
import io.fieldloop.scenario.rig.firmware.Replay;
import io.fieldloop.scenario.rig.firmware.ReplayException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop replay RUN}: repeats what firmware did in a recorded run. */
@Command(
        name = "replay",
        description = {
            "Repeats, bit for bit and without any network, what firmware did in a run that was made with --record; shows its"
                    + " console and compares it with the recorded one.",
            "Exit code 0: the same; 1: it differs; 2: it cannot be repeated."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            description = "A run's directory, such as target/fieldloop/latest, or a folder in it.")
    @SuppressWarnings("NullAway.Init") // required
    private Path run;

    @Option(names = "--case", paramLabel = "NAME", description = "Only this case of the run.")
    private @Nullable String caseName;

    @Option(names = "--device", paramLabel = "NAME", description = "Only this device.")
    private @Nullable String device;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "How long one replay may take; default: a minute and ten times as long as the recording.")
    private @Nullable Duration limit;

    @Option(
            names = "--firmware",
            paramLabel = "FILE",
            description = "The firmware that was recorded; default: Fieldloop's reference firmware.")
    private @Nullable Path firmware;

    @Mixin
    private FirmwareOptions options = new FirmwareOptions();

    @Override
    public Integer call() throws IOException {
        Recordings recordings = Recordings.in(run, caseName, device);
        FirmwareChoice choice =
                new FirmwareBench(options, spec.commandLine().getErr()).choose(firmware, Egress.DENIED, true);
        boolean same = true;
        for (Path manifest : recordings.manifests()) {
            same &= replay(manifest, choice);
        }
        return same ? 0 : 1;
    }

    private boolean replay(Path manifest, FirmwareChoice choice) throws IOException {
        RecordedBoot boot = Recordings.read(manifest);
        Path folder = manifest.toAbsolutePath().getParent();
        Replay replay = new Replay(boot, folder == null ? Path.of("") : folder, choice.emulator());
        Machine machine = options.machine(boot.recordedMachine());
        String whyNot = replay.whyNot(choice.image(), machine);
        if (whyNot != null) {
            throw new CliException(whyNot);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("-- " + Recordings.caseOf(manifest) + ", " + boot.device() + ", boot " + boot.boot());
        try (MachineDirectory directory = MachineDirectory.create()) {
            Replay.Outcome outcome = replay.run(
                    choice.image(),
                    machine,
                    directory.path(),
                    limit == null ? replay.usualLimit() : limit,
                    new ConsolePrinter(out));
            out.println("-- " + outcome.sentence());
            return outcome.same();
        } catch (ReplayException cannot) {
            throw new CliException(String.valueOf(cannot.getMessage()));
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof EmulationException cannot) {
                throw new CliException(cannot.sentence());
            }
            throw failure;
        }
    }
}
