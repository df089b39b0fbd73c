package io.fieldloop.device.ota;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What the other slot holds, and whether it is an image that boots: header, segments, checksum, digest (ESP-IDF, esp_image_format.c).
 *
 * <p>Nothing is looked at that only the flash of a real chip could tell, such as load addresses.
 */
final class ImageCheck {
    static final int DESCRIPTION_END = 288;

    private static final int MAGIC = 0xE9;
    private static final int HEADER_BYTES = 24;
    private static final int SEGMENT_HEADER_BYTES = 8;
    private static final int SEGMENTS_MAX = 16;
    private static final int HASH_APPENDED_AT = 23;
    private static final int VERSION_AT = 48;
    private static final int VERSION_BYTES = 32;
    private static final int CHECKSUM_SEED = 0xEF;
    private static final int ALIGNMENT = 16;
    private static final int DIGEST_BYTES = 32;

    private final ByteBuf written = Unpooled.buffer();

    /** Writes one page; the error esp_ota_write() gives, or null. */
    @Nullable
    String write(ByteBuf page) {
        if (written.readableBytes() == 0 && page.getUnsignedByte(page.readerIndex()) != MAGIC) {
            return "ESP_ERR_OTA_VALIDATE_FAILED";
        }
        if (written.readableBytes() + page.readableBytes() > SystemInfo.SLOT_BYTES) {
            return "ESP_ERR_INVALID_SIZE";
        }
        written.writeBytes(page);
        return null;
    }

    int firstByte(ByteBuf page) {
        return page.getUnsignedByte(page.readerIndex());
    }

    /** The version in the application's description. */
    String version() {
        int end = VERSION_AT;
        while (end < Math.min(VERSION_AT + VERSION_BYTES, written.readableBytes()) && written.getByte(end) != 0) {
            end++;
        }
        return end > VERSION_AT ? written.toString(VERSION_AT, end - VERSION_AT, StandardCharsets.UTF_8) : "";
    }

    /** Whether the bootloader would start it. */
    boolean isValid() {
        int length = written.readableBytes();
        if (length < HEADER_BYTES || written.getUnsignedByte(0) != MAGIC || written.getUnsignedByte(1) > SEGMENTS_MAX) {
            return false;
        }
        int checksum = CHECKSUM_SEED;
        int at = HEADER_BYTES;
        for (int segment = 0; segment < written.getUnsignedByte(1); segment++) {
            long data = length - at < SEGMENT_HEADER_BYTES ? -1 : written.getUnsignedIntLE(at + 4);
            if (data < 0 || data > length - at - SEGMENT_HEADER_BYTES) {
                return false;
            }
            at += SEGMENT_HEADER_BYTES;
            for (int end = at + (int) data; at < end; at++) {
                checksum ^= written.getUnsignedByte(at);
            }
        }
        int checksumAt = at / ALIGNMENT * ALIGNMENT + ALIGNMENT - 1;
        return checksumAt < length && written.getUnsignedByte(checksumAt) == checksum && digestFits(checksumAt + 1);
    }

    private boolean digestFits(int at) {
        if (written.getByte(HASH_APPENDED_AT) == 0) {
            return true;
        }
        if (written.readableBytes() < at + DIGEST_BYTES) {
            return false;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(written.nioBuffer(0, at));
            return written.slice(at, DIGEST_BYTES).equals(Unpooled.wrappedBuffer(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
