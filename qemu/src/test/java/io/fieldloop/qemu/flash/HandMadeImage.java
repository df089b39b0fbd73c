package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A device's flash written byte by byte as esptool merges it, without the writer under test. */
final class HandMadeImage {
    static final int TABLE_AT = 0x8000;
    static final int NVS_AT = 0x9000;
    static final int OTADATA_AT = 0xd000;
    static final int APP_AT = 0x10000;
    static final int ESP32 = 0;
    static final int ESP32_S3 = 9;

    private HandMadeImage() {}

    /** Bootloader, table and app of a 4 MB device; erased settings. */
    static byte[] merged(int chip) {
        byte[] flash = new byte[4 << 20];
        Arrays.fill(flash, (byte) 0xff);
        put(flash, chip == ESP32 ? 0x1000 : 0, bootloader(chip));
        put(flash, TABLE_AT, table());
        put(flash, APP_AT, app(chip));
        return flash;
    }

    static byte[] bootloader(int chip) {
        byte[] description = new byte[80];
        description[0] = 0x50; // magic
        put(description, 8, ascii("v5.3.2-dirty"));
        put(description, 40, ascii("Jan  5 2025 19:40:37"));
        return image(chip, description);
    }

    static byte[] app(int chip) {
        byte[] description = new byte[256];
        put(description, 0, HexFormat.of().parseHex("3254cdab")); // magic
        put(description, 16, ascii("0.9.8"));
        put(description, 48, ascii("xiaozhi"));
        put(description, 80, ascii("21:12:54"));
        put(description, 96, ascii("Jan  5 2025"));
        put(description, 112, ascii("v5.3.2-dirty"));
        Arrays.fill(description, 144, 176, (byte) 0xab); // SHA-256 of the ELF file
        return image(chip, description);
    }

    /** Two segments: the given one, and one of eight bytes. */
    static byte[] image(int chip, byte[] firstSegment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xe9); // magic
        out.write(2); // segments
        out.write(2); // DIO
        out.write(0x2f); // 4 MB, fastest
        out.writeBytes(HexFormat.of().parseHex("04893c40")); // entry 0x403c8904
        out.write(0xee); // no write protect pin
        out.writeBytes(new byte[3]); // pin drive
        out.write(chip);
        out.writeBytes(HexFormat.of().parseHex("00" + "00" + "0000" + "6300")); // rest of chip id, revisions 0 to 99
        out.writeBytes(new byte[4]);
        out.write(1); // digest appended
        int checksum = 0xef;
        for (byte[] segment : new byte[][] {firstSegment, {1, 2, 3, 4, 5, 6, 7, 9}}) {
            out.writeBytes(little(0x3c000020, segment.length));
            out.writeBytes(segment);
            for (byte value : segment) {
                checksum ^= value & 0xff;
            }
        }
        while (out.size() % 16 != 15) {
            out.write(0);
        }
        out.write(checksum);
        out.writeBytes(digest("SHA-256", out.toByteArray()));
        return out.toByteArray();
    }

    static byte[] table() {
        return table(
                row(1, 2, NVS_AT, 0x4000, "nvs"),
                row(1, 0, OTADATA_AT, 0x2000, "otadata"),
                row(0, 0x10, APP_AT, 0x100000, "ota_0"),
                row(0, 0x11, 0x110000, 0x100000, "ota_1"),
                row(1, 0x81, 0x210000, 0x100000, "storage"));
    }

    /** Rows, MD5, and an erased row. */
    static byte[] table(byte[]... rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] row : rows) {
            out.writeBytes(row);
        }
        byte[] md5 = digest("MD5", out.toByteArray());
        out.writeBytes(HexFormat.of().parseHex("ebeb" + "ff".repeat(14)));
        out.writeBytes(md5);
        out.writeBytes(HexFormat.of().parseHex("ff".repeat(32)));
        return out.toByteArray();
    }

    static byte[] row(int type, int subtype, int offset, int size, String label) {
        byte[] row = new byte[32];
        put(row, 0, new byte[] {(byte) 0xaa, 0x50, (byte) type, (byte) subtype});
        put(row, 4, little(offset, size));
        put(row, 12, ascii(label));
        return row;
    }

    static void put(byte[] target, int at, byte[] what) {
        System.arraycopy(what, 0, target, at, what.length);
    }

    static byte[] little(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static FirmwareFile read(byte[] file) {
        return FirmwareFile.of(Bytes.of(file), "image.bin");
    }
}
