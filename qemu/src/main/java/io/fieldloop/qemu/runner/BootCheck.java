package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what is wrong with a boot medium before QEMU says it in its own words, or says nothing. */
public final class BootCheck {
    private static final long MEBIBYTE = 1 << 20;

    private BootCheck() {}

    static void exists(BootMedium boot) {
        if (!Files.isRegularFile(boot.file())) {
            throw new EmulationException("the firmware " + boot.file() + " is not there; name an ELF file or a flash"
                    + " image (--firmware).");
        }
        if (!Files.isReadable(boot.file())) {
            throw new EmulationException(
                    "the firmware " + boot.file() + " cannot be read; change its permissions or name another.");
        }
    }

    /** QEMU picks the flash chip by the image's size, and has four to pick from. */
    public static void flashSizeFits(Machine machine, BootMedium boot) {
        if (!(boot instanceof BootMedium.Flash flash) || !Files.exists(flash.image())) {
            return;
        }
        long bytes = size(flash.image());
        Set<Integer> sizes = machine.profile().flashMebibytes();
        if (sizes.stream().noneMatch(mebibytes -> mebibytes * MEBIBYTE == bytes)) {
            throw new EmulationException("the flash image " + flash.image() + " has " + bytes
                    + " bytes; QEMU has flash chips of exactly "
                    + new TreeSet<>(sizes).stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " MiB, so fill the image up with 0xff to one of them (esptool merge_bin --fill-flash-size).");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failed) {
            throw new EmulationException(file + " cannot be read (" + failed.getMessage() + ").", failed);
        }
    }
}
