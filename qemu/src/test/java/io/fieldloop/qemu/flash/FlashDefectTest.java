package io.fieldloop.qemu.flash;

import static io.fieldloop.qemu.flash.HandMadeImage.APP_AT;
import static io.fieldloop.qemu.flash.HandMadeImage.ESP32;
import static io.fieldloop.qemu.flash.HandMadeImage.ESP32_S3;
import static io.fieldloop.qemu.flash.HandMadeImage.TABLE_AT;
import static io.fieldloop.qemu.flash.HandMadeImage.row;
import static io.fieldloop.qemu.flash.HandMadeImage.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every defect of a file is one sentence that names it and where it is. */
class FlashDefectTest {
    private static final int APP_LENGTH = HandMadeImage.app(ESP32_S3).length;

    @Test
    void notAnImage() {
        assertDefect(new byte[0]).hasMessage("image.bin: the file is empty.");
        assertDefect(erased(4096))
                .hasMessage("image.bin: every byte is 0xff: this is erased flash, with no firmware in it.");
        assertDefect(new byte[] {0x7f, 'E', 'L', 'F', 1})
                .hasMessage("image.bin: this is an ELF file; give the image made from it (esptool elf2image, or"
                        + " merge_bin for the whole flash).");
        assertDefect("PK".getBytes(StandardCharsets.US_ASCII))
                .hasMessage("image.bin: bad magic: the file begins with 0x50, where an app image or a merged flash"
                        + " image has 0xe9 (merged ones for some chips at 0x1000 or 0x2000).");
        assertDefect(HandMadeImage.bootloader(ESP32_S3))
                .hasMessage("image.bin: this is a bootloader alone, with neither partition table nor app; give a"
                        + " merged image (esptool merge_bin).");
    }

    @Test
    void appImageCutOff() {
        byte[] app = HandMadeImage.app(ESP32_S3);

        assertDefect(Arrays.copyOf(app, 10))
                .hasMessage("image.bin: truncated at offset 0xa: the app image goes on to at least 0x18 (its header);"
                        + " copy or build the image again.");
        assertDefect(Arrays.copyOf(app, 100))
                .hasMessage("image.bin: truncated at offset 0x64: the app image goes on to at least 0x120"
                        + " (segment 0 at 0x18); copy or build the image again.");
        assertDefect(Arrays.copyOf(app, APP_LENGTH - 1))
                .hasMessage("image.bin: truncated at offset 0x15f: the app image goes on to at least 0x160"
                        + " (its SHA-256); copy or build the image again.");
    }

    @Test
    void appImageDamaged() {
        assertDefect(app(file -> file[0x126] ^= 1))
                .hasMessageStartingWith("image.bin: truncated at offset 0x160: the app image goes on to");
        assertDefect(app(file -> file[0x12a] ^= 1))
                .hasMessage("image.bin: checksum mismatch: the segments of the app image give 0x%02x, but 0x%02x is"
                                .formatted(checksum() ^ 1, checksum())
                        + " stored at 0x13f.");
        assertDefect(app(file -> file[APP_LENGTH - 1] ^= 1))
                .hasMessageMatching("image.bin: SHA-256 mismatch: the app image has [0-9a-f]{64}, but [0-9a-f]{64} is"
                        + " appended to it; it was changed or damaged after it was built.");
        assertDefect(app(file -> file[12] = 0x55))
                .hasMessage("image.bin: the header of the app image names chip id 0x0055, which is no ESP32 this"
                        + " program knows.");
        assertDefect(app(file -> file[1] = 17))
                .hasMessage("image.bin: the header of the app image counts 17 segments; there are 1 to 16.");
        assertDefect(app(file -> file[2] = 9))
                .hasMessage("image.bin: the header of the app image has flash mode 9 and size code 2; modes are 0 to"
                        + " 5, sizes 0 to 7.");
    }

    @Test
    void mergedImageCutOff() {
        byte[] merged = HandMadeImage.merged(ESP32);

        assertDefect(Arrays.copyOf(merged, 0x1020))
                .hasMessage("image.bin: truncated at offset 0x1020: there is a bootloader at 0x1000, but no partition"
                        + " table after it.");
        assertDefect(Arrays.copyOf(merged, 0xd000))
                .hasMessage("image.bin: truncated at offset 0xd000: the app to start is in partition \"ota_0\""
                        + " (0x10000 to 0x110000).");
        assertDefect(Arrays.copyOf(merged, APP_AT + 100))
                .hasMessage("image.bin: truncated at offset 0x10064: the app in partition \"ota_0\" at 0x10000 goes on"
                        + " to at least 0x10120 (segment 0 at 0x10018); copy or build the image again.");
    }

    @Test
    void bootloaderDamaged() {
        assertDefect(merged(file -> file[0x30] ^= 1))
                .hasMessageStartingWith("image.bin: checksum mismatch: the segments of the bootloader at 0x0 give");
        assertDefect(merged(file -> file[0x1e] = 1))
                .hasMessage("image.bin: the bootloader at 0x0 does not fit: it goes on to at least 0x10070 (segment 0"
                        + " at 0x18), but its room ends at 0x8000.");
    }

    @Test
    void partitionTableMissing() {
        byte[] file = HandMadeImage.merged(ESP32);
        Arrays.fill(file, TABLE_AT, TABLE_AT + 0x1000, (byte) 0xff);

        assertDefect(file)
                .hasMessage("image.bin: there is a bootloader at 0x1000, but no partition table from 0x8000 to"
                        + " 0x10000; give an image with all parts (esptool merge_bin).");
    }

    @Test
    void partitionTableDamaged() {
        assertDefect(merged(file -> file[TABLE_AT + 12] = 'm'))
                .hasMessageMatching("image.bin: MD5 mismatch: the partition table's rows give [0-9a-f]{32}, but"
                        + " [0-9a-f]{32} is stored at 0x80b0.");
        assertDefect(merged(file -> file[TABLE_AT + 32] = 0))
                .hasMessage("image.bin: bad magic: the partition table's row at 0x8020 begins with 0x00 0x50, where a"
                        + " partition has 0xaa 0x50 and the table's end 0xff 0xff.");
    }

    @Test
    void partitionsThatCannotBe() {
        assertDefect(withTable(row(1, 2, 0x9000, 0x4000, "nvs"), row(0, 0, 0xc000, 0x10000, "factory")))
                .hasMessage("image.bin: overlapping partitions: \"nvs\" (0x9000 to 0xd000) and \"factory\" (0xc000 to"
                        + " 0x1c000).");
        assertDefect(withTable(row(1, 2, 0x8000, 0x4000, "nvs")))
                .hasMessage("image.bin: overlapping partitions: \"nvs\" (0x8000 to 0xc000) begins before the partition"
                        + " table's own sector ends at 0x9000.");
        assertDefect(withTable(row(0, 0, APP_AT, 4 << 20, "factory")))
                .hasMessage("image.bin: partition \"factory\" (0x10000 to 0x410000) ends beyond the flash, which has"
                        + " 0x400000 bytes (4 MB) by the bootloader's header.");
        assertDefect(withTable(row(0, 0, 0x7fff0000, 0x7fff0000, "factory")))
                .hasMessage("image.bin: the partition table's row at 0x8000 puts \"factory\" at 0x7fff0000 with"
                        + " 0x7fff0000 bytes, beyond any flash.");
        assertDefect(withTable(row(1, 2, 0x9000, 0x4000, "nvs")))
                .hasMessage("image.bin: the partition table has no partition for an app.");
        assertDefect(withTable(row(0, 0, APP_AT, 0x100, "factory")))
                .hasMessage("image.bin: the app in partition \"factory\" at 0x10000 does not fit: it goes on to at"
                        + " least 0x10120 (segment 0 at 0x10018), but its room ends at 0x10100.");
    }

    @Test
    void appToStartMissingOrForAnotherChip() {
        assertDefect(merged(file -> Arrays.fill(file, APP_AT, APP_AT + 0x1000, (byte) 0xff)))
                .hasMessage("image.bin: partition \"ota_0\" (0x10000 to 0x110000) is the one to start, but it is"
                        + " empty.");
        assertDefect(merged(file -> HandMadeImage.put(file, APP_AT, HandMadeImage.app(ESP32))))
                .hasMessage("image.bin: the app in partition \"ota_0\" is for ESP32, but the bootloader is for"
                        + " ESP32-S3.");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyDamageIsASentenceOrHarmless(long seed) {
        Random random = new Random(seed);
        byte[] sound = Arrays.copyOf(HandMadeImage.merged(ESP32_S3), APP_AT + APP_LENGTH);
        for (int round = 0; round < 300; round++) {
            byte[] file = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
            for (int i = random.nextInt(4); i > 0; i--) {
                int[] areas = {0, TABLE_AT, HandMadeImage.NVS_AT, APP_AT};
                int at = areas[random.nextInt(areas.length)] + random.nextInt(0x160);
                file[at % file.length] = (byte) random.nextInt();
            }
            try {
                FlashInspection.of(HandMadeImage.read(file));
            } catch (FlashImageException defect) {
                assertThat(defect).as("seed " + seed).hasMessageMatching("image\\.bin: [^\n]*\\.");
            }
        }
    }

    private static byte[] app(Consumer<byte[]> damage) {
        byte[] file = HandMadeImage.app(ESP32_S3);
        damage.accept(file);
        return file;
    }

    private static byte[] merged(Consumer<byte[]> damage) {
        byte[] file = HandMadeImage.merged(ESP32_S3);
        damage.accept(file);
        return file;
    }

    private static byte[] withTable(byte[]... rows) {
        return merged(file -> {
            Arrays.fill(file, TABLE_AT, TABLE_AT + 0x1000, (byte) 0xff);
            HandMadeImage.put(file, TABLE_AT, table(rows));
        });
    }

    private static int checksum() {
        return HandMadeImage.app(ESP32_S3)[0x13f] & 0xff;
    }

    private static byte[] erased(int length) {
        byte[] file = new byte[length];
        Arrays.fill(file, (byte) 0xff);
        return file;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertDefect(byte[] file) {
        return assertThatThrownBy(() -> HandMadeImage.read(file)).isInstanceOf(FlashImageException.class);
    }
}
