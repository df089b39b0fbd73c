package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where things are on a volume: boot sector, allocation tables, root folder, clusters (Microsoft's FAT specification,
 * section 3).
 *
 * @param sectorBytes 512 to 4096; flash has 4096
 * @param reservedSectors before the first table, boot sector included
 */
record FatGeometry(
        int sectorBytes,
        int clusterSectors,
        int reservedSectors,
        int tables,
        int rootEntries,
        int totalSectors,
        int tableSectors) {
    static final int ENTRY_LENGTH = 32;

    private static final int FLASH_SECTOR = 4096;
    private static final int ROOT_ENTRIES = 512;
    private static final int FAT12_CLUSTERS_MAX = 4084;
    private static final int FAT16_CLUSTERS_MAX = 65524;
    private static final int BOOT_CODE = 62;

    /** As FatFs formats a flash partition: sectors of 4096 bytes, one to a cluster, one table, 512 places in the root. */
    static FatGeometry forFlash(int volumeBytes) {
        int sectors = volumeBytes / FLASH_SECTOR;
        int halfBytesPerEntry = sectors > FAT12_CLUSTERS_MAX ? 4 : 3;
        int tableBytes = ((sectors + 2) * halfBytesPerEntry + 1) / 2;
        int tableSectors = (tableBytes + FLASH_SECTOR - 1) / FLASH_SECTOR;
        FatGeometry geometry = new FatGeometry(FLASH_SECTOR, 1, 1, 1, ROOT_ENTRIES, sectors, tableSectors);
        if (geometry.clusters() < 1) {
            throw new FatException(volumeBytes + " bytes are too few for a FAT volume, which begins at 32768.");
        }
        return geometry;
    }

    /** Whether this is a boot sector: its jump, its end mark, and sizes that make sense. */
    static boolean isBootSector(Bytes volume) {
        return volume.length() >= 512
                && (volume.u8(0) == 0xeb || volume.u8(0) == 0xe9)
                && volume.u16(510) == 0xaa55
                && Integer.bitCount(volume.u16(11)) == 1
                && volume.u16(11) >= 512
                && volume.u16(11) <= FLASH_SECTOR
                && Integer.bitCount(volume.u8(13)) == 1;
    }

    static FatGeometry read(Bytes volume) {
        int tableSectors = volume.u16(22);
        if (tableSectors == 0) {
            throw new FatException("this is FAT32; FAT12 and FAT16 can be read.");
        }
        long sectors = volume.u16(19) == 0 ? volume.u32(32) : volume.u16(19);
        if (sectors * volume.u16(11) > volume.length()) {
            throw new FatException(String.format(
                    Locale.ROOT,
                    "its boot sector counts %d sectors of %d bytes, more than the 0x%x bytes there are.",
                    sectors,
                    volume.u16(11),
                    volume.length()));
        }
        FatGeometry geometry = new FatGeometry(
                volume.u16(11),
                volume.u8(13),
                volume.u16(14),
                volume.u8(16),
                volume.u16(17),
                (int) sectors,
                tableSectors);
        return geometry.requireSound();
    }

    private FatGeometry requireSound() {
        if (reservedSectors < 1 || tables < 1 || clusters() < 1 || tableEntries() < clusters() + 2) {
            throw new FatException("its boot sector describes no volume that can be: " + this + ".");
        }
        if (clusters() > FAT16_CLUSTERS_MAX) {
            throw new FatException("this is FAT32; FAT12 and FAT16 can be read.");
        }
        return this;
    }

    private int tableEntries() {
        int halfBytes = tableSectors * sectorBytes * 2;
        return halfBytes / (isFat12() ? 3 : 4);
    }

    boolean isFat12() {
        return clusters() <= FAT12_CLUSTERS_MAX;
    }

    int tableAt(int table) {
        return (reservedSectors + table * tableSectors) * sectorBytes;
    }

    int rootAt() {
        return tableAt(tables);
    }

    int rootBytes() {
        return rootEntries * ENTRY_LENGTH;
    }

    private int dataSector() {
        return reservedSectors + tables * tableSectors + (rootBytes() + sectorBytes - 1) / sectorBytes;
    }

    /** How many there are; the first has number 2. */
    int clusters() {
        return (totalSectors - dataSector()) / clusterSectors;
    }

    int clusterBytes() {
        return clusterSectors * sectorBytes;
    }

    int clusterAt(int cluster) {
        return dataSector() * sectorBytes + (cluster - 2) * clusterBytes();
    }

    /** The boot sector of a new volume. */
    Bytes bootSector() {
        ByteBuffer out = ByteBuffer.allocate(sectorBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0xeb, (byte) 0xfe, (byte) 0x90}).put(ascii("MSDOS5.0"));
        out.putShort((short) sectorBytes).put((byte) clusterSectors).putShort((short) reservedSectors);
        out.put((byte) tables).putShort((short) rootEntries);
        out.putShort((short) (totalSectors < 0x10000 ? totalSectors : 0)).put((byte) 0xf8);
        out.putShort((short) tableSectors).putShort((short) 63).putShort((short) 255);
        out.putInt(0).putInt(totalSectors < 0x10000 ? 0 : totalSectors);
        out.put((byte) 0x80).put((byte) 0).put((byte) 0x29).putInt(0);
        out.put(ascii("NO NAME    ")).put(ascii(isFat12() ? "FAT12   " : "FAT16   "));
        if (out.position() != BOOT_CODE) {
            throw new IllegalStateException("a boot sector's fields have " + BOOT_CODE + " bytes");
        }
        return Bytes.of(out.putShort(510, (short) 0xaa55));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
