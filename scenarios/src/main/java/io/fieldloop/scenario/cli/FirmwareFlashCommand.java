package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.flash.ElfFirmware;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.scenario.cli.option.CliException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop firmware flash ELF IMAGE}: makes the flash image of firmware linked without ESP-IDF. */
@Command(
        name = "flash",
        description = {
            "Makes an ESP32's whole flash of a program linked without ESP-IDF, such as the reference firmware's esp32.elf.",
            "Firmware built with ESP-IDF is merged by idf.py merge-bin instead."
        },
        mixinStandardHelpOptions = true)
final class FirmwareFlashCommand implements Callable<Integer> {
    private static final Set<Integer> MEBIBYTES = Set.of(2, 4, 8, 16);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ELF", description = "The linked program.")
    @SuppressWarnings("NullAway.Init") // required
    private Path elf;

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The file to write.")
    @SuppressWarnings("NullAway.Init") // required
    private Path image;

    @Option(names = "--megabytes", paramLabel = "NUMBER", description = "Size of the flash: 2, 4 (default), 8 or 16.")
    private int megabytes = 4;

    @Option(
            names = "--loader",
            paramLabel = "ELF",
            description = "A bootloader that the ROM starts in the program's place, such as esp32-loader.elf.")
    private @Nullable Path loader;

    @Override
    public Integer call() {
        if (!MEBIBYTES.contains(megabytes)) {
            throw new CliException("--megabytes is " + megabytes + ", but QEMU has flash of 2, 4, 8 or 16.");
        }
        try {
            FlashImage flash =
                    ElfFirmware.open(elf).flashImage(megabytes << 20, ElfFirmware.open(loader == null ? elf : loader));
            flash.write(image);
            spec.commandLine().getOut().println(image + ": " + flash.flashBytes() + " bytes, for --machine esp32");
            return 0;
        } catch (FlashImageException defect) {
            throw new CliException(String.valueOf(defect.getMessage()));
        } catch (IOException failed) {
            throw new CliException(image + " cannot be written: " + failed.getMessage() + ".");
        }
    }
}
