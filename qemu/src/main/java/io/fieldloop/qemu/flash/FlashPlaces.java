package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the parts are by which a file is known for a whole flash.
 *
 * @param fileStart where in flash the file begins
 * @param bootloader where in flash its bootloader is
 * @param partitionTable where in flash its partition table is
 */
record FlashPlaces(int fileStart, int bootloader, int partitionTable) {
    private static final int[] BOOTLOADER_OFFSETS = {0, 0x1000, 0x2000};

    /** None in a file that does not look like a whole flash. */
    static Optional<FlashPlaces> find(Bytes file) {
        for (int at : BOOTLOADER_OFFSETS) {
            if (!beginsImage(file, at)) {
                continue;
            }
            int fileStart =
                    Chip.withId(file.u16(at + 12)).map(Chip::bootloaderOffset).orElse(at) - at;
            Optional<Integer> table = fileStart < 0 ? Optional.empty() : PartitionTable.find(file, fileStart);
            if (table.isPresent()) {
                return Optional.of(new FlashPlaces(fileStart, fileStart + at, table.get()));
            }
            if (at > 0) {
                throw noTable(file, at);
            }
        }
        return Optional.empty();
    }

    /** Whether the file may be an image of either kind: there is one where the ROM or an update would look. */
    static boolean hasMagic(Bytes file) {
        return Arrays.stream(BOOTLOADER_OFFSETS).anyMatch(at -> file.length() > at && file.u8(at) == ImageHeader.MAGIC);
    }

    private static boolean beginsImage(Bytes file, int at) {
        return file.length() >= at + ImageHeader.LENGTH && file.u8(at) == ImageHeader.MAGIC;
    }

    private static FlashImageException noTable(Bytes file, int bootloaderAt) {
        String what = String.format(Locale.ROOT, "there is a bootloader at 0x%x, but no partition table", bootloaderAt);
        return new FlashImageException(
                file.length() <= PartitionTable.DEFAULT_OFFSET
                        ? String.format(Locale.ROOT, "truncated at offset 0x%x: %s after it.", file.length(), what)
                        : what + " from 0x8000 to 0x10000; give an image with all parts (esptool merge_bin).");
    }
}
