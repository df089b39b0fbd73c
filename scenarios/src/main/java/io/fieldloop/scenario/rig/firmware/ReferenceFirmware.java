package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.flash.AppDescription;
import io.fieldloop.qemu.flash.ChipImage;
import io.fieldloop.qemu.flash.ElfFirmware;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.scenario.rig.RigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells Fieldloop's own firmware from a user's. */
public final class ReferenceFirmware {
    private static final String NAME = "fieldloop-firmware";

    private ReferenceFirmware() {}

    /** Whether it is what boots from this file; a file with a defect is a user's, and told of later. */
    public static boolean isIn(Path image) {
        try {
            AppDescription app = FirmwareChoice.isElf(image)
                    ? ElfFirmware.open(image).description()
                    : FlashImage.open(image).bootSlot().description();
            return app != null && app.projectName().equals(NAME);
        } catch (FlashImageException | IOException other) {
            return false;
        }
    }

    /** What make builds for a machine, the firmware first: for an lx60 a build to update to and a loader, too. */
    public static List<String> files(Machine machine) {
        String name = machine.name();
        return name.equals("lx60")
                ? List.of(name + ".elf", name + "-next.elf", name + "-loader.elf")
                : List.of(name + ".elf");
    }

    /** What is in an OTA slot of a device that was flashed with this file. */
    static ChipImage app(Path image) {
        try {
            return FirmwareChoice.isElf(image)
                    ? ElfFirmware.open(image).app()
                    : Objects.requireNonNull(
                            FlashImage.open(image).bootSlot().image()); // else it would not have opened
        } catch (IOException e) {
            throw new RigException("The firmware " + image + " could not be read: " + e.getMessage() + ".");
        }
    }

    /** The build that devices update to: another one where make left it beside this file, else the same. */
    static Path next(Path image) {
        return Optional.ofNullable(beside(image, "next")).orElse(image);
    }

    /** The loader that boots this file's firmware from a flash chip; null where there is none beside it. */
    static @Nullable Path loader(Path image) {
        return beside(image, "loader");
    }

    private static @Nullable Path beside(Path image, String what) {
        String name = String.valueOf(image.getFileName()).replaceFirst("\\.elf$", "-" + what + ".elf");
        Path other = image.resolveSibling(name);
        return other.equals(image) || !Files.isReadable(other) ? null : other;
    }
}
