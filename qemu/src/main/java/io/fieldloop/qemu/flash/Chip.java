package io.fieldloop.qemu.flash;

import java.util.Locale;
import java.util.Optional;

/**
 * The chips an image can be for: the id in its extended header, and where the ROM looks for the bootloader.
 *
 * <p>Ids are {@code esp_chip_id_t} of ESP-IDF, offsets {@code BOOTLOADER_OFFSET_IN_FLASH} of each target.
 */
public enum Chip {
    ESP32(0, 0x1000),
    ESP32_S2(2, 0x1000),
    ESP32_C3(5, 0),
    ESP32_S3(9, 0),
    ESP32_C2(12, 0),
    ESP32_C6(13, 0),
    ESP32_H2(16, 0),
    ESP32_P4(18, 0x2000),
    ESP32_C61(20, 0),
    ESP32_C5(23, 0x2000),
    ESP32_H21(25, 0),
    ESP32_H4(28, 0x2000);

    private final int id;
    private final int bootloaderOffset;

    Chip(int id, int bootloaderOffset) {
        this.id = id;
        this.bootloaderOffset = bootloaderOffset;
    }

    static Optional<Chip> withId(int id) {
        for (Chip chip : values()) {
            if (chip.id == id) {
                return Optional.of(chip);
            }
        }
        return Optional.empty();
    }

    int id() {
        return id;
    }

    public int bootloaderOffset() {
        return bootloaderOffset;
    }

    /** As Espressif writes it: {@code ESP32-S3}. */
    public String title() {
        return name().replace('_', '-');
    }

    /** As ESP-IDF and QEMU name it: {@code esp32s3}. */
    public String target() {
        return name().replace("_", "").toLowerCase(Locale.ROOT);
    }
}
