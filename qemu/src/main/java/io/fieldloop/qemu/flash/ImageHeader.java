package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The 24 bytes that begin every image ({@code esp_image_header_t}): header and extended header.
 *
 * @param frequencyCode four bits whose meaning depends on the chip
 * @param flashBytes flash size, a power of two from 1 MiB to 128 MiB
 * @param writeProtectPin 0xee: none
 * @param pinDrive drive settings of the flash pins, three bytes
 * @param legacyRevisionMin the field that {@code revisionMin} replaced
 * @param revisionMin lowest chip revision, major * 100 + minor
 * @param revisionMax highest chip revision, the same way; 0 and 65535: any
 * @param digestAppended whether a SHA-256 follows the image
 */
public record ImageHeader(
        int segmentCount,
        FlashMode mode,
        int frequencyCode,
        int flashBytes,
        long entryAddress,
        int writeProtectPin,
        int pinDrive,
        Chip chip,
        int legacyRevisionMin,
        int revisionMin,
        int revisionMax,
        boolean digestAppended) {
    public static final int MAGIC = 0xe9;
    public static final int SEGMENTS_MAX = 16;

    static final int LENGTH = 24;

    private static final int MIB = 1 << 20;
    private static final int SIZE_CODE_MAX = 7;
    private static final int FREQUENCY_CODE_MAX = 15;
    private static final int NO_PIN = 0xee;

    /** A header for an image of one's own: no revision limits, default pins, digest appended. */
    public static ImageHeader of(Chip chip, FlashMode mode, int flashBytes, long entryAddress) {
        return new ImageHeader(1, mode, 0, flashBytes, entryAddress, NO_PIN, 0, chip, 0, 0, 0xffff, true);
    }

    /** Reads a header that is known to be there in full. */
    static ImageHeader read(Bytes image, String name) {
        if (image.u8(0) != MAGIC) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "bad magic: %s begins with 0x%02x, where every ESP image has 0x%02x.",
                    name,
                    image.u8(0),
                    MAGIC));
        }
        int segments = image.u8(1);
        if (segments == 0 || segments > SEGMENTS_MAX) {
            throw new FlashImageException("the header of " + name + " counts " + segments + " segments; there are 1 to "
                    + SEGMENTS_MAX + ".");
        }
        FlashMode mode = FlashMode.withCode(image.u8(2)).orElse(null);
        int sizeCode = image.u8(3) >> 4;
        if (mode == null || sizeCode > SIZE_CODE_MAX) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "the header of %s has flash mode %d and size code %d; modes are 0 to 5, sizes 0 to 7.",
                    name,
                    image.u8(2),
                    sizeCode));
        }
        return new ImageHeader(
                segments,
                mode,
                image.u8(3) & 0xf,
                MIB << sizeCode,
                image.u32(4),
                image.u8(8),
                image.u16(9) | (image.u8(11) << 16),
                chip(image.u16(12), name),
                image.u8(14),
                image.u16(15),
                image.u16(17),
                image.u8(23) == 1);
    }

    private static Chip chip(int id, String name) {
        return Chip.withId(id)
                .orElseThrow(() -> new FlashImageException(String.format(
                        Locale.ROOT,
                        "the header of %s names chip id 0x%04x, which is no ESP32 this program knows.",
                        name,
                        id)));
    }

    ImageHeader withSegmentCount(int count) {
        return with(count, mode, frequencyCode, flashBytes);
    }

    /** This header with all modes, frequencies and sizes that its two bytes of flash settings can hold. */
    List<ImageHeader> withEachFlashSettings() {
        List<ImageHeader> all = new ArrayList<>();
        for (FlashMode eachMode : FlashMode.values()) {
            for (int sizeCode = 0; sizeCode <= SIZE_CODE_MAX; sizeCode++) {
                for (int frequency = 0; frequency <= FREQUENCY_CODE_MAX; frequency++) {
                    all.add(with(segmentCount, eachMode, frequency, MIB << sizeCode));
                }
            }
        }
        return all;
    }

    private ImageHeader with(int segments, FlashMode flashMode, int frequency, int bytes) {
        return new ImageHeader(
                segments,
                flashMode,
                frequency,
                bytes,
                entryAddress,
                writeProtectPin,
                pinDrive,
                chip,
                legacyRevisionMin,
                revisionMin,
                revisionMax,
                digestAppended);
    }

    void write(ByteBuffer out) {
        int sizeCode = Integer.numberOfTrailingZeros(flashBytes / MIB);
        out.put((byte) MAGIC).put((byte) segmentCount).put((byte) mode.code());
        out.put((byte) ((sizeCode << 4) | frequencyCode)).putInt((int) entryAddress);
        out.put((byte) writeProtectPin).put((byte) pinDrive).putShort((short) (pinDrive >> 8));
        out.putShort((short) chip.id()).put((byte) legacyRevisionMin);
        out.putShort((short) revisionMin).putShort((short) revisionMax);
        out.putInt(0).put((byte) (digestAppended ? 1 : 0));
    }
}
