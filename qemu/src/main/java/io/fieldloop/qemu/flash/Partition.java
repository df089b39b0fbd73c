package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * One row of the partition table ({@code esp_partition_info_t}).
 *
 * @param flags bit 0: encrypted, bit 1: read-only
 */
public record Partition(String label, int type, int subtype, int offset, int size, int flags) {
    public static final int APP = 0;
    public static final int DATA = 1;
    public static final int APP_FACTORY = 0;
    public static final int APP_OTA_0 = 0x10;
    public static final int DATA_OTA = 0;
    public static final int DATA_PHY = 1;
    public static final int DATA_NVS = 2;
    public static final int DATA_UNDEFINED = 6;
    public static final int DATA_FAT = 0x81;

    static final int LENGTH = 32;
    static final int MAGIC = 0x50aa;

    private static final int APP_TEST = 0x20;
    private static final int LABEL_LENGTH = 16;

    private static final Map<Integer, String> DATA_SUBTYPES = Map.ofEntries(
            Map.entry(DATA_OTA, "ota"),
            Map.entry(DATA_PHY, "phy"),
            Map.entry(DATA_NVS, "nvs"),
            Map.entry(3, "coredump"),
            Map.entry(4, "nvs_keys"),
            Map.entry(5, "efuse"),
            Map.entry(DATA_UNDEFINED, "undefined"),
            Map.entry(0x80, "esphttpd"),
            Map.entry(DATA_FAT, "fat"),
            Map.entry(0x82, "spiffs"),
            Map.entry(0x83, "littlefs"));

    static Partition read(Bytes row, int at) {
        String label = row.text(12, LABEL_LENGTH);
        long offset = row.u32(4);
        long size = row.u32(8);
        if (offset + size > Integer.MAX_VALUE) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "the partition table's row at 0x%x puts \"%s\" at 0x%x with 0x%x bytes, beyond any flash.",
                    at,
                    label,
                    offset,
                    size));
        }
        return new Partition(label, row.u8(2), row.u8(3), (int) offset, (int) size, (int) row.u32(28));
    }

    void write(ByteBuffer out) {
        out.putShort((short) MAGIC)
                .put((byte) type)
                .put((byte) subtype)
                .putInt(offset)
                .putInt(size);
        byte[] field = new byte[LABEL_LENGTH];
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, field, 0, Math.min(text.length, LABEL_LENGTH));
        out.put(field).putInt(flags);
    }

    public boolean is(int wantedType, int wantedSubtype) {
        return type == wantedType && subtype == wantedSubtype;
    }

    /** Where the first byte after it is. */
    public int end() {
        return offset + size;
    }

    /** Type and subtype as partition CSV files write them: {@code data/nvs}, {@code app/ota_0}. */
    public String kind() {
        if (type == APP) {
            return "app/" + appSubtype();
        }
        if (type == DATA) {
            return "data/" + DATA_SUBTYPES.getOrDefault(subtype, String.format(Locale.ROOT, "0x%02x", subtype));
        }
        return String.format(Locale.ROOT, "0x%02x/0x%02x", type, subtype);
    }

    private String appSubtype() {
        if (subtype == APP_FACTORY) {
            return "factory";
        }
        if (subtype >= APP_OTA_0 && subtype < APP_TEST) {
            return "ota_" + (subtype - APP_OTA_0);
        }
        return subtype == APP_TEST ? "test" : String.format(Locale.ROOT, "0x%02x", subtype);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "\"%s\" (0x%x to 0x%x)", label, offset, end());
    }
}
