package io.fieldloop.qemu.bytes;

import java.util.zip.CRC32;

/**
 * The CRC-32 that {@code esp_rom_crc32_le(0xffffffff, …)} computes.
 *
 * <p>Same polynomial as zlib's, but its register starts at zero, because the ROM inverts the start value it is given.
 * Four bytes of 0xff bring zlib's register to exactly that state.
 */
public final class RomCrc32 {
    private static final byte[] TO_ZERO_REGISTER = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};

    private RomCrc32() {}

    /** The CRC over all parts, one after the other. */
    public static int of(Bytes... parts) {
        CRC32 crc = new CRC32();
        crc.update(TO_ZERO_REGISTER);
        for (Bytes part : parts) {
            crc.update(part.toArray());
        }
        return (int) crc.getValue();
    }
}
