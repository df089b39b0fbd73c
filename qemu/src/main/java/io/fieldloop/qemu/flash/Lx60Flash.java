package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The flash chip of an {@code lx60}, 4 MiB in sectors of 64 KiB, as the reference firmware uses it ({@code board_lx60_flash.c}).
 *
 * <p>Its loader finds the slots by the partition table, as the bootloader of an ESP32 does; firmware that QEMU puts into memory needs
 * none, and knows the places.
 */
public final class Lx60Flash {
    private static final int BYTES = 4 << 20;
    private static final int FIRST_SLOT = 0x100000;

    private static final List<Partition> PARTITIONS = List.of(
            new Partition("nvs", Partition.DATA, Partition.DATA_UNDEFINED, 0x10000, 0x20000, 0),
            new Partition("otadata", Partition.DATA, Partition.DATA_OTA, 0x40000, 0x20000, 0),
            new Partition("ota_0", Partition.APP, Partition.APP_OTA_0, FIRST_SLOT, 0x100000, 0),
            new Partition("ota_1", Partition.APP, Partition.APP_OTA_0 + 1, 0x200000, 0x100000, 0),
            new Partition("storage", Partition.DATA, Partition.DATA_FAT, 0x300000, 0x100000, 0));

    private Lx60Flash() {}

    /** What is at which place. */
    public static Optional<Partition> partition(String label) {
        return PARTITIONS.stream()
                .filter(partition -> partition.label().equals(label))
                .findFirst();
    }

    /** All that {@link #partition} knows. */
    public static List<String> labels() {
        return PARTITIONS.stream().map(Partition::label).toList();
    }

    /** A chip with nothing in it. */
    public static byte[] erased() {
        return Bytes.of(Bytes.erased(BYTES)).toArray();
    }

    /** A chip from which a loader starts this application, in the first slot and never updated. */
    public static byte[] booting(ChipImage app) {
        ByteBuffer flash = Bytes.erased(BYTES);
        new PartitionTable(PARTITIONS).toBytes().putInto(flash.position(PartitionTable.DEFAULT_OFFSET));
        app.bytes().putInto(flash.position(FIRST_SLOT));
        return Bytes.of(flash).toArray();
    }
}
