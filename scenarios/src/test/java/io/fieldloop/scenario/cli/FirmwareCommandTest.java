package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.AppDescription;
import io.fieldloop.qemu.flash.Chip;
import io.fieldloop.qemu.flash.ChipImage;
import io.fieldloop.qemu.flash.FlashMode;
import io.fieldloop.qemu.flash.ImageHeader;
import io.fieldloop.qemu.flash.Segment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void explainsAnImage() throws IOException {
        Path image = folder.resolve("xiaozhi.bin");
        Files.write(image, app());

        assertThat(run("firmware", "inspect", image.toString())).isZero();

        assertThat(out.toString())
                .startsWith("file        xiaozhi.bin, an app image")
                .contains("xiaozhi 2.0.1", "ESP-IDF v5.4.2, built Aug  1 2025 12:00:00");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void namesTheDefectInOneSentence() throws IOException {
        Path image = folder.resolve("half.bin");
        Files.write(image, Arrays.copyOf(app(), 100));

        assertThat(run("firmware", "inspect", image.toString())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("fieldloop: half.bin: truncated at offset 0x64: the app image goes on to at least 0x120"
                        + " (segment 0 at 0x18); copy or build the image again." + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMissingFileIsOneSentence() {
        assertThat(run("firmware", "inspect", folder.resolve("none.bin").toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("fieldloop: There is no file " + folder.resolve("none.bin")
                        + "; give a flash image or an app image." + System.lineSeparator());
    }

    private static byte[] app() {
        AppDescription description =
                new AppDescription("xiaozhi", "2.0.1", "v5.4.2", "Aug  1 2025", "12:00:00", Bytes.of(new byte[32]));
        return ChipImage.of(
                        ImageHeader.of(Chip.ESP32_S3, FlashMode.DIO, 16 << 20, 0x40370000),
                        List.of(new Segment(0x3c000020L, description.toBytes())))
                .bytes()
                .toArray();
    }

    private int run(String... arguments) {
        return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
