package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The partitions for apps of one image.
 *
 * @param all in the order of the table
 * @param boot the one that the bootloader chooses, which may be empty
 */
record AppSlots(List<AppSlot> all, AppSlot boot) {
    static AppSlots read(Bytes file, PartitionTable table, Optional<OtaData> otaData) {
        List<AppSlot> all = table.partitions().stream()
                .filter(partition -> partition.type() == Partition.APP)
                .map(partition -> AppSlot.read(file, partition))
                .toList();
        return new AppSlots(all, choose(all, otaData));
    }

    /** As the bootloader chooses: OTA data, else the factory app, else the first slot. */
    private static AppSlot choose(List<AppSlot> all, Optional<OtaData> otaData) {
        List<AppSlot> updatable = all.stream()
                .filter(slot -> slot.partition().kind().startsWith("app/ota_"))
                .sorted(Comparator.comparingInt(slot -> slot.partition().subtype()))
                .toList();
        OtaData.Entry selected = otaData.flatMap(OtaData::selected).orElse(null);
        if (selected != null && !updatable.isEmpty()) {
            return updatable.get(selected.slot(updatable.size()));
        }
        return all.stream()
                .filter(slot -> slot.partition().is(Partition.APP, Partition.APP_FACTORY))
                .findFirst()
                .or(() -> updatable.stream().findFirst())
                .orElseThrow(() -> new FlashImageException("the partition table has no partition for an app."));
    }
}
