package io.fieldloop.qemu.machine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the firmware lies that a machine starts. */
public sealed interface BootMedium {

    /** The file that holds the firmware. */
    Path file();

    /** An ELF that QEMU loads to its addresses; the command line holds the device's settings. */
    record Kernel(Path elf, String commandLine) implements BootMedium {
        @Override
        public Path file() {
            return elf;
        }
    }

    /**
     * A flash chip with all that is in it, started by the chip's ROM.
     *
     * @param image a copy, since the firmware writes to it; 2, 4, 8 or 16 MiB
     * @param efuse the eFuses' image ({@link EfuseImage}), or null for QEMU's own
     * @param served QEMU's name for the chip where it is not the file itself, as in {@code -drive file=}
     */
    record Flash(Path image, @Nullable Path efuse, @Nullable String served) implements BootMedium {
        public Flash(Path image, @Nullable Path efuse) {
            this(image, efuse, null);
        }

        @Override
        public Path file() {
            return image;
        }
    }
}
