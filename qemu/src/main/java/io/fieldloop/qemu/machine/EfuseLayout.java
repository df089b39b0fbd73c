package io.fieldloop.qemu.machine;

/**
 * Where a chip's eFuses hold what {@link EfuseImage} writes.
 *
 * <p>Offsets are into the file that QEMU's eFuse device takes as its drive: on the ESP32 the read registers of blocks 0 to 3 one after
 * the other ({@code Esp32EfuseRegs} in QEMU's {@code esp32_efuse.h}), on the later chips everything from {@code
 * EFUSE_RD_WR_DIS_REG} on. Bit
 * numbers are those of ESP-IDF's {@code esp_efuse_table.csv}.
 */
public enum EfuseLayout {
    ESP32("nvram.esp32.efuse", 124, 4),
    ESP32_S3("nvram.esp32s3.efuse", 1024, 24),
    ESP32_C3("nvram.esp32c3.efuse", 1024, 24);

    private final String driver;
    private final int length;
    private final int macAt;

    EfuseLayout(String driver, int length, int macAt) {
        this.driver = driver;
        this.length = length;
        this.macAt = macAt;
    }

    /** QEMU's name of the eFuse device. */
    public String driver() {
        return driver;
    }

    /** The file's length in bytes. */
    int length() {
        return length;
    }

    /** Where the factory MAC address starts, last byte first. */
    int macAt() {
        return macAt;
    }
}
