package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.flash.AppDescription;
import io.fieldloop.qemu.flash.ElfFirmware;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import java.io.IOException;
import java.nio.file.Path;

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
}
