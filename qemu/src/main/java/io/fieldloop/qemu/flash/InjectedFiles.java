package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.fat.FatException;
import io.fieldloop.qemu.flash.fat.FatPartition;
import java.util.Map;
import java.util.TreeMap;

/** Puts files into the bytes of a data partition, and refuses one that holds something else. */
final class InjectedFiles {
    private InjectedFiles() {}

    /**
     * @param layer below the volume, if the partition is erased
     * @throws FatException if there is something else than FAT, or the files do not fit
     */
    static Bytes into(Bytes partition, FatPartition.Layer layer, Map<String, byte[]> files) {
        Map<String, Bytes> contents = new TreeMap<>();
        files.forEach((path, bytes) -> contents.put(path, Bytes.of(bytes)));
        FatPartition fat = FatPartition.find(partition).orElseGet(() -> format(partition, layer));
        return fat.with(contents).bytes();
    }

    private static FatPartition format(Bytes partition, FatPartition.Layer layer) {
        if (!partition.isErased()) {
            throw new FatException("it holds " + FatPartition.contentsOf(partition)
                    + ", which is neither changed nor overwritten; give an image in which it is erased.");
        }
        return FatPartition.format(partition.length(), layer);
    }
}
