package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.AppDescription;
import io.fieldloop.qemu.flash.Chip;
import io.fieldloop.qemu.flash.ChipImage;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashMode;
import io.fieldloop.qemu.flash.ImageHeader;
import io.fieldloop.qemu.flash.Partition;
import io.fieldloop.qemu.flash.PartitionTable;
import io.fieldloop.qemu.flash.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A flash image as a user's build leaves it, with an app that does nothing. */
final class TinyFlash {
    private static final int FLASH_BYTES = 4 << 20;
    private static final Partition NVS = new Partition("nvs", Partition.DATA, Partition.DATA_NVS, 0x9000, 0x6000, 0);
    private static final Partition FACTORY =
            new Partition("factory", Partition.APP, Partition.APP_FACTORY, 0x10000, 0x100000, 0);
    private static final Partition FILES =
            new Partition("vfs", Partition.DATA, Partition.DATA_FAT, 0x200000, 0x200000, 0);

    private TinyFlash() {}

    static FlashImage withFiles(String project) {
        return of(project, FILES);
    }

    static FlashImage withoutFiles(String project) {
        return of(project);
    }

    static FlashImage on(Chip chip) {
        return of(chip, "xiaozhi");
    }

    private static FlashImage of(String project, Partition... more) {
        return of(Chip.ESP32, project, more);
    }

    private static FlashImage of(Chip chip, String project, Partition... more) {
        List<Partition> partitions = new ArrayList<>(List.of(NVS, FACTORY));
        partitions.addAll(List.of(more));
        AppDescription description =
                new AppDescription(project, "1.0.0", "v5.4.2", "Aug  1 2025", "12:00:00", Bytes.of(new byte[32]));
        ImageHeader header = ImageHeader.of(chip, FlashMode.DIO, FLASH_BYTES, 0x40080000);
        Bytes app = ChipImage.of(header, List.of(new Segment(0x3f400020L, description.toBytes())))
                .bytes();
        Bytes bootloader = ChipImage.of(header, List.of(new Segment(0x3ffb0000L, Bytes.of(new byte[16]))))
                .bytes();
        return FlashImage.assemble(
                "merged.bin",
                FLASH_BYTES,
                Map.of(
                        chip.bootloaderOffset(),
                        bootloader,
                        PartitionTable.DEFAULT_OFFSET,
                        new PartitionTable(partitions).toBytes(),
                        FACTORY.offset(),
                        app));
    }
}
