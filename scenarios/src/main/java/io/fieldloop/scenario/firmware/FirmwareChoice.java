package io.fieldloop.scenario.firmware;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.Emulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Which firmware runs on what.
 *
 * @param image an ELF that a machine boots as its kernel, or a flash image; copies are changed, never the file itself
 * @param emulator a local process or a container
 * @param dictionary what the firmware's console lines mean, and which commands it takes
 * @param own whether it is a user's own image, not Fieldloop's reference firmware
 * @param recorded whether QEMU's replay log is kept
 */
public record FirmwareChoice(
        Machine machine, Path image, Emulator emulator, ConsoleDictionary dictionary, boolean own, boolean recorded) {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    /** Whether the image is an ELF file, booted as a kernel, and not a flash image. */
    public boolean isElf() throws IOException {
        try (InputStream in = Files.newInputStream(image)) {
            return Arrays.equals(in.readNBytes(ELF_MAGIC.length), ELF_MAGIC);
        }
    }

    /**
     * The image as it is, to boot from a copy.
     *
     * @param directory where the copy goes
     * @param commandLine what an ELF file reads its settings from
     */
    public BootMedium medium(Path directory, String commandLine) throws IOException {
        if (isElf()) {
            return new BootMedium.Kernel(
                    Files.copy(image, directory.resolve("firmware.elf"), StandardCopyOption.REPLACE_EXISTING),
                    commandLine);
        }
        Path copy = directory.resolve("flash.bin");
        FlashImage.open(image).write(copy);
        return new BootMedium.Flash(copy, null);
    }

    /** Removes a machine's directory; what cannot be removed is left to the system, whose folder it lies in. */
    public static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // It lies in the folder for temporary files, which the system clears.
        }
    }
}
