package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data partition with a FAT volume in it, wear levelling below it or not.
 *
 * @param wearLevelling none where the volume is the partition, as MicroPython has it
 */
public record FatPartition(
        Bytes bytes, FatVolume volume, @Nullable WearLevelling wearLevelling) {
    private static final int LITTLEFS_MAGIC_AT = 8;

    /** A partition that was erased before. */
    public static FatPartition format(int partitionBytes, Layer layer) {
        if (layer == Layer.NONE) {
            FatVolume volume = FatVolume.empty(partitionBytes);
            return new FatPartition(volume.toBytes(), volume, null);
        }
        WearLevelling wearLevelling = WearLevelling.fresh(partitionBytes);
        FatVolume volume = FatVolume.empty(wearLevelling.logicalBytes());
        Bytes formatted = wearLevelling.format(1);
        return new FatPartition(wearLevelling.withVolume(formatted, volume.toBytes()), volume, wearLevelling);
    }

    /**
     * Reads a partition.
     *
     * @return none where there is no FAT volume in it
     * @throws FatException if there is one, but it cannot be read
     */
    public static Optional<FatPartition> find(Bytes partition) {
        if (FatVolume.isFat(partition)) {
            return Optional.of(new FatPartition(partition, FatVolume.read(partition), null));
        }
        WearLevelling layer = WearLevelling.find(partition).orElse(null);
        if (layer == null || !FatVolume.isFat(layer.volume(partition))) {
            return Optional.empty();
        }
        return Optional.of(new FatPartition(partition, FatVolume.read(layer.volume(partition)), layer));
    }

    /** What is in a partition that has no FAT volume, for a sentence about it. */
    public static String contentsOf(Bytes partition) {
        if (partition.isErased()) {
            return "erased";
        }
        if (partition.length() >= LITTLEFS_MAGIC_AT + 8
                && partition.text(LITTLEFS_MAGIC_AT, 8).equals("littlefs")) {
            return "littlefs";
        }
        return "no FAT";
    }

    /** A copy with these files, by path. */
    public FatPartition with(Map<String, Bytes> files) {
        FatVolume changed = volume;
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            changed = changed.with(file.getKey(), file.getValue());
        }
        Bytes written = changed.toBytes();
        Bytes placed = wearLevelling == null ? written : wearLevelling.withVolume(bytes, written);
        return new FatPartition(placed, changed, wearLevelling);
    }

    /** The kind as a person names it. */
    public String kind() {
        return volume.kind() + (wearLevelling == null ? "" : " on wear levelling");
    }

    /** What is below the volume. */
    public enum Layer {
        /** Nothing, for MicroPython. */
        NONE,
        /** ESP-IDF's {@code esp_vfs_fat_spiflash_mount_rw_wl}. */
        WEAR_LEVELLING
    }
}
