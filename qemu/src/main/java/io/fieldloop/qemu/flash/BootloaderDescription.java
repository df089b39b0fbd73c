package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a bootloader of ESP-IDF 5.1 and newer says of itself ({@code esp_bootloader_desc_t}, 80 bytes at the start of its
 * first segment).
 */
public record BootloaderDescription(String idfVersion, String buildTime) {
    private static final int MAGIC = 0x50;
    private static final int LENGTH = 80;

    /** The description at the start of a segment, or none: older bootloaders have none. */
    static @Nullable BootloaderDescription read(Bytes segment) {
        // One byte of magic is little; the three after it are reserved as zero.
        if (segment.length() < LENGTH || segment.u32(0) != MAGIC) {
            return null;
        }
        return new BootloaderDescription(segment.text(8, 32), segment.text(40, 24));
    }
}
