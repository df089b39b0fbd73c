package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.flash.AppDescription;
import io.fieldloop.qemu.flash.ChipImage;
import io.fieldloop.qemu.flash.ElfFirmware;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.gateway.OtaSpec;
import io.fieldloop.scenario.rig.RigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells Fieldloop's own firmware from a user's. */
public final class ReferenceFirmware {
    private static final String NAME = "fieldloop-firmware";
    private static final Set<String> WITH_LOADER = Set.of("lx60", "esp32");

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

    /** What make builds for a machine, the firmware first: for an lx60 and an esp32 a build to update to and a loader, too. */
    public static List<String> files(Machine machine) {
        String name = machine.name();
        return WITH_LOADER.contains(name)
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
        Path next = beside(image, "next");
        return Files.isReadable(next) ? next : image;
    }

    /**
     * The loader that is to boot the firmware from its flash chip, whether make left it beside the firmware or not; null where none is
     * needed. Checking an image takes a device longer than all the rest of a boot, so it is done where it can make a difference.
     */
    static @Nullable Path loader(FirmwareChoice choice, Scenario scenario) {
        OtaSpec ota = scenario.gateway().ota();
        boolean updates = ota != null && ota.firmware() != null;
        return updates && isBuilt(choice) && !choice.own() && !choice.recorded()
                ? beside(choice.image(), "loader")
                : null;
    }

    /** Whether it is the file that make builds for this machine, not a flash made of it, nor one for QEMU's memory alone. */
    private static boolean isBuilt(FirmwareChoice choice) {
        String name = choice.machine().name();
        return WITH_LOADER.contains(name)
                && String.valueOf(choice.image().getFileName()).equals(name + ".elf");
    }

    private static Path beside(Path image, String what) {
        return image.resolveSibling(String.valueOf(image.getFileName()).replaceFirst("\\.elf$", "-" + what + ".elf"));
    }
}
