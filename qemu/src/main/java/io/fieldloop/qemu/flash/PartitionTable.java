package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the flash is divided: at most 95 rows of 32 bytes, then a row with their MD5, then an erased one.
 *
 * @param offset where in flash it is, 0x8000 unless the firmware was configured otherwise
 * @param hasMd5 false for tables made with MD5 off
 */
public record PartitionTable(int offset, List<Partition> partitions, boolean hasMd5) {
    public static final int DEFAULT_OFFSET = 0x8000;

    private static final int SECTOR = 0x1000;

    /** Less holds no volume worth its tables. */
    private static final int FAT_BYTES_MIN = 128 << 10;

    private static final int OFFSET_MAX = 0x10000;
    private static final int LENGTH_MAX = 0xc00;
    private static final int MD5_MAGIC = 0xebeb;
    private static final int MD5_AT = 16;

    public PartitionTable {
        partitions = List.copyOf(partitions);
    }

    public PartitionTable(List<Partition> partitions) {
        this(DEFAULT_OFFSET, partitions, true);
    }

    /** The sector that begins like a table, if one does: CONFIG_PARTITION_TABLE_OFFSET is not written anywhere. */
    static Optional<Integer> find(Bytes flash, int flashAddress) {
        for (int at = DEFAULT_OFFSET; at <= OFFSET_MAX; at += SECTOR) {
            int inFile = at - flashAddress;
            if (inFile + Partition.LENGTH <= flash.length() && beginsTable(flash.slice(inFile, Partition.LENGTH))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** The magic alone is two bytes, which code may have, too; what a row says must make sense. */
    private static boolean beginsTable(Bytes row) {
        return row.u16(0) == Partition.MAGIC && row.u32(4) % SECTOR == 0 && row.u8(12) > ' ' && row.u8(12) < 0x7f;
    }

    /** Reads the table at an offset of the flash. */
    static PartitionTable read(Bytes flash, int offset) {
        List<Partition> partitions = new ArrayList<>();
        boolean hasMd5 = false;
        for (int at = offset; at < offset + LENGTH_MAX; at += Partition.LENGTH) {
            Bytes row = flash.slice(at, Partition.LENGTH);
            if (row.isErased()) {
                return new PartitionTable(offset, partitions, hasMd5);
            }
            if (row.u16(0) == MD5_MAGIC) {
                checkMd5(flash.slice(offset, at - offset), row.slice(MD5_AT, 16), at);
                hasMd5 = true;
            } else if (row.u16(0) == Partition.MAGIC) {
                partitions.add(Partition.read(row, at));
            } else {
                throw new FlashImageException(String.format(
                        Locale.ROOT,
                        "bad magic: the partition table's row at 0x%x begins with 0x%02x 0x%02x,"
                                + " where a partition has 0xaa 0x50 and the table's end 0xff 0xff.",
                        at,
                        row.u8(0),
                        row.u8(1)));
            }
        }
        throw new FlashImageException(String.format(Locale.ROOT, "the partition table at 0x%x has no end.", offset));
    }

    /** Checks what the build tools and the bootloader check: no overlap, nothing beyond the flash. */
    PartitionTable requireSound(int flashBytes) {
        List<Partition> sorted = new ArrayList<>(partitions);
        sorted.sort(Comparator.comparingInt(Partition::offset));
        int tableEnd = offset + SECTOR;
        Partition before = null;
        for (Partition partition : sorted) {
            if (partition.offset() < tableEnd) {
                throw new FlashImageException(String.format(
                        Locale.ROOT,
                        "overlapping partitions: %s begins before the partition table's own sector ends at 0x%x.",
                        partition,
                        tableEnd));
            }
            if (before != null && partition.offset() < before.end()) {
                throw new FlashImageException("overlapping partitions: " + before + " and " + partition + ".");
            }
            if (partition.end() > flashBytes) {
                throw new FlashImageException(String.format(
                        Locale.ROOT,
                        "partition %s ends beyond the flash, which has 0x%x bytes (%d MB) by the bootloader's header.",
                        partition,
                        flashBytes,
                        flashBytes >> 20));
            }
            before = partition;
        }
        return this;
    }

    public Optional<Partition> first(int type, int subtype) {
        return partitions.stream()
                .filter(partition -> partition.is(type, subtype))
                .findFirst();
    }

    public Optional<Partition> labelled(String label) {
        return partitions.stream()
                .filter(partition -> partition.label().equals(label))
                .findFirst();
    }

    /** The partition that begins at an offset such as {@code 0x200000}. */
    Optional<Partition> at(String offset) {
        return partitions.stream().filter(partition -> isAt(partition, offset)).findFirst();
    }

    private static boolean isAt(Partition partition, String offset) {
        try {
            return Integer.decode(offset) == partition.offset();
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /** The labels, for a sentence. */
    String labels() {
        return partitions.stream().map(Partition::label).collect(Collectors.joining(", "));
    }

    /** One with a FAT partition more, behind the last one. */
    PartitionTable withFat(String label, int flashBytes, String image) {
        int end = partitions.stream().mapToInt(Partition::end).max().orElse(offset + SECTOR);
        int begin = (end + SECTOR - 1) / SECTOR * SECTOR;
        if (flashBytes - begin < FAT_BYTES_MIN) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "%s: there is no room for a partition \"%s\" behind the last one, which ends at 0x%x of 0x%x bytes.",
                    image,
                    label,
                    end,
                    flashBytes));
        }
        List<Partition> more = new ArrayList<>(partitions);
        more.add(new Partition(label, Partition.DATA, Partition.DATA_FAT, begin, flashBytes - begin, 0));
        return new PartitionTable(offset, more, hasMd5);
    }

    /** The 3072 bytes as ESP-IDF's build writes them. */
    public Bytes toBytes() {
        ByteBuffer out = Bytes.erased(LENGTH_MAX);
        for (Partition partition : partitions) {
            partition.write(out);
        }
        if (hasMd5) {
            Bytes rows = Bytes.of(out).slice(0, out.position());
            out.putShort((short) MD5_MAGIC).position(out.position() + MD5_AT - 2);
            out.put(md5(rows));
        }
        return Bytes.of(out);
    }

    private static void checkMd5(Bytes rows, Bytes stored, int at) {
        String computed = HexFormat.of().formatHex(md5(rows));
        if (!computed.equals(stored.hex())) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "MD5 mismatch: the partition table's rows give %s, but %s is stored at 0x%x.",
                    computed,
                    stored.hex(),
                    at + MD5_AT));
        }
    }

    private static byte[] md5(Bytes rows) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            rows.feed(md5);
            return md5.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }
}
