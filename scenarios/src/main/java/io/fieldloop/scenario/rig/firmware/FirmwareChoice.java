package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.flash.ElfFirmware;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.EfuseImage;
import io.fieldloop.qemu.machine.EfuseLayout;
import io.fieldloop.qemu.machine.MacAddress;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.Emulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which firmware runs on what.
 *
 * @param image an ELF that a machine boots as its kernel, or a flash image; copies are changed, never the file itself
 * @param emulator a local process or a container
 * @param dictionary what the firmware's console lines mean, and which commands it takes
 * @param own whether it is a user's own image, not Fieldloop's reference firmware
 * @param egress whether the firmware may reach more than the scenario's gateway
 * @param recorded whether QEMU's replay log is kept
 * @param typed what ends a line on the console; null for what its kind of image takes
 */
public record FirmwareChoice(
        Machine machine,
        Path image,
        Emulator emulator,
        ConsoleDictionary dictionary,
        boolean own,
        Egress egress,
        boolean recorded,
        @Nullable LineEnd typed) {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};
    private static final int FLASH_BYTES = 4 << 20;
    private static final MacAddress ANY_MAC = new MacAddress("52:54:00:12:34:56");

    /** Whether the image is an ELF file that QEMU loads, and not a flash image or what one is made of. */
    public boolean bootsKernel() throws IOException {
        return isElf(image) && !(machine.profile().efuse() != null && ElfFirmware.isForFlash(image));
    }

    /** What ends a line on its console: for a chip's image what ESP-IDF and MicroPython take, for another ELF file a line feed. */
    public LineEnd lineEnd() {
        if (typed != null) {
            return typed;
        }
        return own && hasFlash() ? LineEnd.CR : LineEnd.LF;
    }

    /** Whether there is a flash to put things into; no, too, where the image cannot be read. */
    boolean hasFlash() {
        try {
            return !bootsKernel();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether the image has that text in it, such as the name of a setting; yes, too, where it cannot be read. */
    boolean holds(String text) {
        try {
            return new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException unreadable) {
            return true;
        }
    }

    static boolean isElf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ELF_MAGIC.length), ELF_MAGIC);
        }
    }

    /**
     * The flash as the image has it, or one made of an ELF file.
     *
     * @throws io.fieldloop.qemu.flash.FlashImageException with one sentence if it has a defect
     */
    public FlashImage flash() throws IOException {
        return flash(image);
    }

    /** The same, in which this loader chooses what boots; of an ELF file only. */
    FlashImage flashWith(Path loader) throws IOException {
        return ElfFirmware.open(image).flashImage(FLASH_BYTES, ElfFirmware.open(loader));
    }

    /** The same of a file. */
    public static FlashImage flash(Path image) throws IOException {
        return isElf(image) ? ElfFirmware.open(image).flashImage(FLASH_BYTES) : FlashImage.open(image);
    }

    /**
     * The image as it is, to boot from a copy.
     *
     * @param directory where the copy goes
     * @param commandLine what an ELF file reads its settings from
     */
    public BootMedium medium(Path directory, String commandLine) throws IOException {
        if (bootsKernel()) {
            return new BootMedium.Kernel(
                    Files.copy(image, directory.resolve("firmware.elf"), StandardCopyOption.REPLACE_EXISTING),
                    commandLine);
        }
        Path copy = directory.resolve("flash.bin");
        flash().write(copy);
        EfuseLayout layout = machine.profile().efuse();
        return new BootMedium.Flash(
                copy,
                layout == null
                        ? null
                        : Files.write(
                                directory.resolve("efuse.bin"),
                                EfuseImage.of(layout, ANY_MAC).toArray()));
    }
}
