package io.fieldloop.qemu.machine;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Writes the eFuses of a chip as they leave the factory: MAC address and chip revision. */
public final class EfuseImage {
    private static final int BLOCK_1_AT = 24;

    private EfuseImage() {}

    /** The revisions that ESP-IDF's own QEMU runs have: 3.0 for the ESP32, 0.3 for the later chips. */
    public static Bytes of(EfuseLayout layout, MacAddress mac) {
        return layout == EfuseLayout.ESP32 ? of(layout, mac, 3, 0) : of(layout, mac, 0, 3);
    }

    public static Bytes of(EfuseLayout layout, MacAddress mac, int major, int minor) {
        ByteBuffer image = ByteBuffer.allocate(layout.length()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] address = mac.bytes();
        for (int i = 0; i < address.length; i++) {
            image.put(layout.macAt() + i, address[address.length - 1 - i]);
        }
        if (layout == EfuseLayout.ESP32) {
            image.put(layout.macAt() + address.length, mac.crc8());
            putEsp32Revision(image, major, minor);
        } else {
            putRevision(image, major, minor);
        }
        return Bytes.of(image.array());
    }

    /** CHIP_VER_REV1 (bit 111), CHIP_VER_REV2 (bit 180) and WAFER_VERSION_MINOR (bits 184, 185) of block 0. */
    private static void putEsp32Revision(ByteBuffer image, int major, int minor) {
        if (!Set.of(0, 1, 3).contains(major) || minor < 0 || minor > 3) {
            throw new MachineException("there is no ESP32 revision " + major + "." + minor
                    + "; expected 0, 1 or 3, and after the point 0 to 3.");
        }
        set(image, 111, major >= 1 ? 1 : 0);
        set(image, 180, major >= 3 ? 1 : 0);
        set(image, 184, minor & 1);
        set(image, 185, minor >> 1);
    }

    /** WAFER_VERSION_MINOR_LO (bits 114 to 116), _HI (183) and WAFER_VERSION_MAJOR (184, 185) of block 1. */
    private static void putRevision(ByteBuffer image, int major, int minor) {
        if (major < 0 || major > 3 || minor < 0 || minor > 15) {
            throw new MachineException("there is no chip revision " + major + "." + minor
                    + "; expected 0 to 3, and after the point 0 to 15.");
        }
        int block = BLOCK_1_AT * Byte.SIZE;
        for (int bit = 0; bit < 3; bit++) {
            set(image, block + 114 + bit, minor >> bit & 1);
        }
        set(image, block + 183, minor >> 3);
        set(image, block + 184, major & 1);
        set(image, block + 185, major >> 1);
    }

    private static void set(ByteBuffer image, int bit, int value) {
        int at = bit / Byte.SIZE;
        image.put(at, (byte) (image.get(at) | value << bit % Byte.SIZE));
    }
}
