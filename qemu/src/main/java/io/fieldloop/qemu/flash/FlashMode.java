package io.fieldloop.qemu.flash;

import java.util.Optional;

/** How the flash is wired and read, with the codes of {@code esp_image_spi_mode_t}. */
public enum FlashMode {
    QIO(0),
    QOUT(1),
    DIO(2),
    DOUT(3),
    FAST_READ(4),
    SLOW_READ(5);

    private final int code;

    FlashMode(int code) {
        this.code = code;
    }

    static Optional<FlashMode> withCode(int code) {
        for (FlashMode mode : values()) {
            if (mode.code == code) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    int code() {
        return code;
    }
}
