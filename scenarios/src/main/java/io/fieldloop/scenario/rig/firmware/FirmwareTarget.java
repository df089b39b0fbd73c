package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.flash.Chip;
import io.fieldloop.qemu.flash.ElfFirmware;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;

/** Tells which machine a firmware file is for. */
public final class FirmwareTarget {
    private FirmwareTarget() {}

    /**
     * The machine's name: that of the chip a flash image is for; for an ELF file, {@code esp32} or else {@code lx60}.
     *
     * @throws FlashImageException with one sentence if the file has a defect, or no machine has its chip
     */
    public static String machine(Path image) throws IOException {
        if (FirmwareChoice.isElf(image)) {
            return ElfFirmware.open(image).isForEsp32() ? "esp32" : "lx60";
        }
        Chip chip = FlashImage.open(image).chip();
        if (!Machine.names().contains(chip.target())) {
            throw new FlashImageException(image.getFileName() + " is for an " + chip.title()
                    + ", which no QEMU emulates; expected an image for one of the machines "
                    + String.join(", ", Machine.names()) + ".");
        }
        return chip.target();
    }
}
