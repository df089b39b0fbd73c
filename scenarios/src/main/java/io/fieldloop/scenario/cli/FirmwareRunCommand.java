package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationEnd;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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
    private static final int STOP_SECONDS_MAX = 4;

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
        Path directory = MachineDirectory.create();
        try {
            EmulationConfig config = EmulationConfig.of(
                    String.valueOf(image.getFileName()),
                    choice.machine(),
                    choice.medium(directory, commandLine),
                    directory);
            Emulation emulation = choice.emulator()
                    .start(config, new ConsolePrinter(spec.commandLine().getOut()))
                    .join();
            forwardInput(line -> emulation.write(choice.lineEnd().end(line)));
            Thread atExit = stopAtExit(emulation, directory);
            EmulationEnd end = emulation.ended().join();
            if (!isExiting(atExit)) {
                spec.commandLine().getErr().println("fieldloop: " + end.message());
            }
            return end.reason() == EmulationEnd.Reason.EXITED ? Main.NOTHING_CONCLUDED : 0;
        } catch (FlashImageException defect) {
            throw new CliException(String.valueOf(defect.getMessage()));
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof EmulationException cannot) {
                throw new CliException(cannot.sentence());
            }
            throw failure;
        } finally {
            FirmwareChoice.delete(directory);
        }
    }

    /** On Ctrl-C this process ends without returning from here, and a copy of the user's image would be left. */
    private static Thread stopAtExit(Emulation emulation, Path directory) {
        Thread atExit = new Thread(
                () -> {
                    emulation
                            .stop()
                            .completeOnTimeout(null, STOP_SECONDS_MAX, TimeUnit.SECONDS)
                            .join();
                    FirmwareChoice.delete(directory);
                },
                "fieldloop-firmware-stop");
        Runtime.getRuntime().addShutdownHook(atExit);
        return atExit;
    }

    /** Whether the machine's end is the user's doing, of which there is nothing to say. */
    private static boolean isExiting(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            return false;
        } catch (IllegalStateException exiting) {
            return true;
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
