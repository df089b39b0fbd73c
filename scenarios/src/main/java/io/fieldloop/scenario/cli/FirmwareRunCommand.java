package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationEnd;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.FirmwareOptions;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop firmware run IMAGE}: boots an image with its console on the terminal. */
@Command(
        name = "run",
        description = {
            "Boots a firmware image with its console on the terminal and the network up; lines typed go to its console.",
            "The host's loopback is 10.0.2.2 to the firmware. The image itself is not changed. Ctrl-C stops it."
        },
        mixinStandardHelpOptions = true)
final class FirmwareRunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "IMAGE",
            description = "A merged flash image, or an ELF file for a machine that boots one.")
    @SuppressWarnings("NullAway.Init") // required
    private Path image;

    @Option(
            names = "--append",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Kernel command line of an ELF file: the reference firmware's settings.")
    private String commandLine = "";

    @Mixin
    private FirmwareOptions options = new FirmwareOptions();

    @Override
    public Integer call() throws IOException {
        FirmwareChoice choice =
                new FirmwareBench(options, spec.commandLine().getErr()).choose(image, Egress.ALLOWED, false);
        try (MachineDirectory directory = MachineDirectory.create()) {
            EmulationConfig config = EmulationConfig.of(
                    String.valueOf(image.getFileName()),
                    choice.machine(),
                    choice.medium(directory.path(), commandLine),
                    directory.path());
            Emulation emulation = choice.emulator()
                    .start(config, new ConsolePrinter(spec.commandLine().getOut()))
                    .join();
            forwardInput(line -> emulation.write(choice.lineEnd().end(line)));
            EmulationEnd end = emulation.ended().join();
            spec.commandLine().getErr().println("fieldloop: " + end.message());
            return end.reason() == EmulationEnd.Reason.EXITED ? Main.NOTHING_CONCLUDED : 0;
        } catch (FlashImageException defect) {
            throw new CliException(String.valueOf(defect.getMessage()));
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof EmulationException cannot) {
                throw new CliException(cannot.sentence());
            }
            throw failure;
        }
    }

    /** A thread of its own, since reading the terminal blocks; it dies with the command. */
    static void forwardInput(Consumer<String> console) {
        Thread reader = new Thread(
                () -> {
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
                    in.lines().forEach(console);
                },
                "fieldloop-terminal");
        reader.setDaemon(true);
        reader.start();
    }
}
