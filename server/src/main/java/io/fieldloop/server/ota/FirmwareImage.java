package io.fieldloop.server.ota;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * An image of an application, such as {@code xiaozhi.bin}: what a device writes into its other OTA slot.
 *
 * <p>Its first 288 bytes are the image header (24), the header of the first segment (8) and the application's description (256), which
 * begins with {@code 0xABCD5432} and has the version at offset 16 (ESP-IDF, esp_app_format.h and esp_app_desc.h).
 */
public final class FirmwareImage {
    private static final int HEADER_BYTES = 24;
    private static final int SEGMENT_HEADER_BYTES = 8;
    private static final int DESCRIPTION_BYTES = 256;
    private static final int DESCRIPTION_AT = HEADER_BYTES + SEGMENT_HEADER_BYTES;
    private static final int VERSION_AT = DESCRIPTION_AT + 16;
    private static final int VERSION_BYTES = 32;
    private static final int DIGEST_BYTES = 32;

    /** Where a merged image for the ESP32 has its bootloader; before it the flash is erased. */
    private static final int BOOTLOADER_AT = 0x1000;

    private static final byte[] PREFIX = {(byte) 0xE9, 1, 2, 0x2f};
    private static final int ENTRY = 0x40370000;
    private static final int LOAD_ADDRESS = 0x3c000020;
    private static final int DESCRIPTION_MAGIC = 0xABCD5432;
    private static final short CHIP_ESP32_S3 = 9;
    private static final byte CHECKSUM_SEED = (byte) 0xEF;
    private static final int ALIGNMENT = 16;

    private final byte[] bytes;

    private FirmwareImage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An image as it was built; nothing is checked, since a server that hands out the wrong file is one of the field's bugs. */
    public static FirmwareImage of(byte[] bytes) {
        return new FirmwareImage(bytes.clone());
    }

    /** A valid image of that version and at least that size: one segment, its checksum and its digest. */
    public static FirmwareImage sample(String version, int bytesMin) {
        int dataBytes = Math.max(DESCRIPTION_BYTES, bytesMin - DESCRIPTION_AT - DIGEST_BYTES) & ~3;
        int checksumAt = (DESCRIPTION_AT + dataBytes) / ALIGNMENT * ALIGNMENT + ALIGNMENT - 1;
        ByteBuffer image = ByteBuffer.allocate(checksumAt + 1 + DIGEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        image.put(PREFIX).putInt(ENTRY);
        image.putShort(12, CHIP_ESP32_S3);
        image.put(HEADER_BYTES - 1, (byte) 1); // a digest follows
        image.putInt(HEADER_BYTES, LOAD_ADDRESS).putInt(HEADER_BYTES + 4, dataBytes);
        image.putInt(DESCRIPTION_AT, DESCRIPTION_MAGIC);
        byte[] text = version.getBytes(StandardCharsets.UTF_8);
        image.position(VERSION_AT).put(text, 0, Math.min(text.length, VERSION_BYTES - 1));
        for (int at = DESCRIPTION_AT + DESCRIPTION_BYTES; at < DESCRIPTION_AT + dataBytes; at++) {
            image.put(at, (byte) ((at * 31) >> 3));
        }
        byte[] bytes = image.array();
        byte checksum = CHECKSUM_SEED;
        for (int at = DESCRIPTION_AT; at < DESCRIPTION_AT + dataBytes; at++) {
            checksum ^= bytes[at];
        }
        bytes[checksumAt] = checksum;
        System.arraycopy(sha256(bytes, checksumAt + 1), 0, bytes, checksumAt + 1, DIGEST_BYTES);
        return new FirmwareImage(bytes);
    }

    /** What {@code esptool merge_bin} makes of it for an ESP32: flash from its first byte on, of which the bootloader is not. */
    FirmwareImage merged() {
        byte[] merged = new byte[BOOTLOADER_AT + bytes.length];
        Arrays.fill(merged, 0, BOOTLOADER_AT, (byte) 0xFF);
        System.arraycopy(bytes, 0, merged, BOOTLOADER_AT, bytes.length);
        return new FirmwareImage(merged);
    }

    /** The version its description names; empty where there is no description, as in a merged image or a bootloader. */
    public String version() {
        if (bytes.length < DESCRIPTION_AT + DESCRIPTION_BYTES
                || ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(DESCRIPTION_AT) != DESCRIPTION_MAGIC) {
            return "";
        }
        int end = VERSION_AT;
        while (end < VERSION_AT + VERSION_BYTES && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, VERSION_AT, end - VERSION_AT, StandardCharsets.UTF_8);
    }

    /** Whether its version is made of numbers and dots, so that devices with an older one can be told apart. */
    public boolean comparable() {
        return Versions.isNumbers(version());
    }

    /** A copy of all of it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** That part of it, without a copy. */
    ByteBuf slice(int from, int length) {
        return Unpooled.wrappedBuffer(bytes, from, length).asReadOnly();
    }

    private static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
