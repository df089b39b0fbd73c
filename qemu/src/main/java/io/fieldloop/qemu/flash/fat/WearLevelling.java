package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.bytes.RomCrc32;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * ESP-IDF's layer between a FAT volume and flash ({@code wear_levelling}, format version 2): one sector is kept free and
 * wanders through the others; two copies of the state and the configuration are at the partition's end.
 *
 * <p>MicroPython has no such layer, {@code esp_vfs_fat_spiflash_mount_rw_wl} has. Only sectors of 4096 bytes are known here.
 *
 * @param stateSectors of each copy
 * @param position of the free sector
 * @param rounds how often it went through all others, each time moving them by one
 */
public record WearLevelling(int partitionBytes, int stateSectors, int position, long rounds) {
    private static final int SECTOR = 4096;
    private static final int VERSION = 2;
    private static final int STATE_LENGTH = 64;
    private static final int RECORD_LENGTH = 16;
    private static final int CRC_AT = 60;
    private static final int CONFIG_LENGTH = 48;
    private static final int UPDATE_RATE = 16;
    private static final int TEMP_BUFFER_BYTES = 32;

    /** The layer on a new partition. */
    static WearLevelling fresh(int partitionBytes) {
        int sectors = partitionBytes / SECTOR;
        int stateSectors = (STATE_LENGTH + RECORD_LENGTH * sectors + SECTOR - 1) / SECTOR;
        return new WearLevelling(partitionBytes, stateSectors, 0, 0);
    }

    /** The layer in a partition, or none if it has none. */
    static Optional<WearLevelling> find(Bytes partition) {
        WearLevelling fresh = fresh(partition.length());
        if (fresh.logicalSectors() < 1) {
            return Optional.empty();
        }
        return fresh.at(partition, fresh.stateAt(0)).or(() -> fresh.at(partition, fresh.stateAt(1)));
    }

    private Optional<WearLevelling> at(Bytes partition, int stateAt) {
        Bytes state = partition.slice(stateAt, STATE_LENGTH);
        boolean valid = (int) state.u32(CRC_AT) == RomCrc32.of(state.slice(0, CRC_AT))
                && state.u32(24) == VERSION
                && state.u32(20) == SECTOR
                && state.u32(4) == logicalSectors() + 1;
        if (!valid) {
            return Optional.empty();
        }
        int records = 0;
        while (records < logicalSectors()
                && !partition
                        .slice(stateAt + STATE_LENGTH + records * RECORD_LENGTH, RECORD_LENGTH)
                        .isErased()) {
            records++;
        }
        return Optional.of(new WearLevelling(partitionBytes, stateSectors, records, state.u32(8)));
    }

    private int logicalSectors() {
        return partitionBytes / SECTOR - 2 * stateSectors - 2;
    }

    private int stateAt(int copy) {
        return (logicalSectors() + 1 + copy * stateSectors) * SECTOR;
    }

    /** How many bytes a volume on it has. */
    int logicalBytes() {
        return logicalSectors() * SECTOR;
    }

    private int physicalSector(int logicalSector) {
        int moved = Math.floorMod(logicalSector - rounds, logicalSectors());
        return moved < position ? moved : moved + 1;
    }

    /** The volume in a partition. */
    Bytes volume(Bytes partition) {
        ByteBuffer out = Bytes.erased(logicalBytes());
        for (int i = 0; i < logicalSectors(); i++) {
            partition.slice(physicalSector(i) * SECTOR, SECTOR).putInto(out);
        }
        return Bytes.of(out);
    }

    /** A partition with another volume in it; the layer's own sectors stay. */
    Bytes withVolume(Bytes partition, Bytes volume) {
        ByteBuffer out = Bytes.erased(partitionBytes);
        partition.putInto(out);
        for (int i = 0; i < logicalSectors(); i++) {
            volume.slice(i * SECTOR, SECTOR).putInto(out.position(physicalSector(i) * SECTOR));
        }
        return Bytes.of(out);
    }

    /** An erased partition with the layer's own sectors, as {@code wl_fatfsgen.py} writes them. */
    Bytes format(int deviceId) {
        ByteBuffer out = Bytes.erased(partitionBytes);
        ByteBuffer state =
                words(0, logicalSectors() + 1, 0, 0, UPDATE_RATE, SECTOR, VERSION, deviceId, 0, 0, 0, 0, 0, 0, 0);
        ByteBuffer config =
                words(0, partitionBytes, SECTOR, SECTOR, UPDATE_RATE, RECORD_LENGTH, VERSION, TEMP_BUFFER_BYTES);
        putWithCrc(out.position(stateAt(0)), state);
        putWithCrc(out.position(stateAt(1)), state);
        putWithCrc(out.position(partitionBytes - SECTOR), config);
        out.put(new byte[CONFIG_LENGTH - config.capacity() - 4]);
        return Bytes.of(out);
    }

    private static ByteBuffer words(int... words) {
        ByteBuffer out = Bytes.erased(words.length * 4);
        for (int word : words) {
            out.putInt(word);
        }
        return out;
    }

    private static void putWithCrc(ByteBuffer out, ByteBuffer words) {
        Bytes bytes = Bytes.of(words);
        bytes.putInto(out);
        out.putInt(RomCrc32.of(bytes));
    }
}
