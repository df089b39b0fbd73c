package io.fieldloop.scenario.rig.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.flash.Chip;
import io.fieldloop.qemu.flash.FlashImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirmwareTargetTest {
    private static final Path BUILT = Path.of("..", "qemu", "firmware", "out");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ESP32, esp32", "ESP32_S3, esp32s3", "ESP32_C3, esp32c3"})
    void aFlashImageIsForTheMachineWithItsChip(Chip chip, String machine) throws IOException {
        assertThat(FirmwareTarget.machine(flash(chip))).isEqualTo(machine);
    }

    @Test
    void aChipThatNoQemuEmulatesIsNamed() throws IOException {
        Path image = flash(Chip.ESP32_C6);

        assertThatThrownBy(() -> FirmwareTarget.machine(image))
                .isInstanceOf(FlashImageException.class)
                .hasMessage("merged.bin is for an ESP32-C6, which no QEMU emulates; expected an image for one of the"
                        + " machines lx60, esp32, esp32s3, esp32c3.");
    }

    @ParameterizedTest
    @CsvSource({"lx60.elf, lx60", "esp32.elf, esp32", "esp32-ram.elf, esp32"})
    void anElfFileIsForTheMachineItWasLinkedFor(String file, String machine) throws IOException {
        Path elf = BUILT.resolve(file);
        assumeTrue(Files.exists(elf), "no reference firmware: make -C qemu/firmware");

        assertThat(FirmwareTarget.machine(elf)).isEqualTo(machine);
        assertThat(ReferenceFirmware.isIn(elf)).isTrue();
    }

    private Path flash(Chip chip) throws IOException {
        Path image = folder.resolve("merged.bin");
        TinyFlash.on(chip).write(image);
        return image;
    }
}
