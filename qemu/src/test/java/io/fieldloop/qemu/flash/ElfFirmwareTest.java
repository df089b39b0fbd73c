package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFirmwareTest {
    private static final int FLASH_BYTES = 4 << 20;

    @TempDir
    private Path folder;

    @Test
    void theRomFindsWhatRunsFromRam() {
        FlashImage flash = flash(HandMadeElf.firmware());

        assertThat(flash.toBytes().slice(0x1000, 24).hex())
                .isEqualTo(
                        "e9" // magic
                                + "02" // segments
                                + "02" // DIO
                                + "20" // 4 MB, 40 MHz
                                + "78040840" // entry
                                + "ee000000" // no write protect pin
                                + "0000" // ESP32
                                + "00" + "0000" + "ffff" // any revision
                                + "00000000"
                                + "01"); // digest appended
        assertThat(flash.bootloader().segments())
                .containsExactly(
                        new Segment(0x3ffb0000L, Bytes.of(new byte[] {1, 2, 3, 4, 5, 0, 0, 0})),
                        new Segment(0x40080000L, Bytes.of(new byte[0x500])));
    }

    @Test
    void flashMappedPartsAreWhereTheirLoadAddressesSay() {
        byte[] constants = new byte[0x123];
        byte[] code = new byte[0x2001];
        Arrays.fill(constants, (byte) 0xc0);
        Arrays.fill(code, (byte) 0xde);
        FlashImage flash = flash(new HandMadeElf()
                .segment(0x400d0020, 0x20020, code)
                .segment(0x3f400020, 0x10020, constants)
                .segment(0x40080000, 0x40080000, new byte[4]));

        assertThat(flash.toBytes().slice(0x10020, constants.length)).isEqualTo(Bytes.of(constants));
        assertThat(flash.toBytes().slice(0x20020, code.length)).isEqualTo(Bytes.of(code));
        assertThat(flash.bootSlot().image().segments())
                .extracting(Segment::address)
                .containsExactly(0x3f400020L, 0L, 0x400d0020L, 0x40080000L); // 0: filling, as esptool writes it
    }

    @Test
    void theRomFindsTheLoaderWhereThereIsOne() {
        HandMadeElf loader = new HandMadeElf().segment(0x40090000, 0x40090000, new byte[] {7, 7, 7, 7});
        FlashImage flash = elf(HandMadeElf.firmware()).flashImage(FLASH_BYTES, elf(loader));

        assertThat(flash.bootloader().segments())
                .containsExactly(new Segment(0x40090000L, Bytes.of(new byte[] {7, 7, 7, 7})));
        assertThat(flash.bootSlot()).isEqualTo(flash(HandMadeElf.firmware()).bootSlot());
    }

    @Test
    void theFlashIsOneLikeAnyOther() {
        FlashImage flash = flash(HandMadeElf.firmware()).withNvs(Map.of("websocket/version", NvsValue.i32(3)));

        assertThat(flash.nvs().orElseThrow().get("websocket/version")).contains(NvsValue.i32(3));
        assertThat(flash.partitionTable().partitions())
                .extracting(Partition::label)
                .containsExactly("nvs", "otadata", "phy_init", "factory", "store", "storage", "ota_0", "ota_1");
        assertThat(FlashInspection.of(flash).lines())
                .contains("app         \"factory\" at 0x10000, the one that boots");
    }

    @Test
    void aSmallChipHasNoRoomForUpdates() {
        assertThat(elf(HandMadeElf.firmware())
                        .flashImage(2 << 20)
                        .partitionTable()
                        .partitions())
                .extracting(Partition::label)
                .doesNotContain("ota_0", "ota_1");
    }

    @Test
    void readsTheAppsDescriptionAtTheStartOfItsConstants() {
        AppDescription description = new AppDescription("reference", "1.0.0", "none", "", "", Bytes.of(new byte[32]));
        FlashImage flash = flash(new HandMadeElf()
                .segment(0x3f400020, 0x10020, description.toBytes().toArray())
                .segment(0x40080000, 0x40080000, new byte[4]));

        assertThat(flash.bootSlot().description()).isEqualTo(description);
    }

    @Test
    void findsTheDescriptionOfAProgramThatNoFlashIsMadeOf() {
        AppDescription description = new AppDescription("reference", "1.0.0", "none", "", "", Bytes.of(new byte[32]));
        byte[] data = new byte[0x400];
        System.arraycopy(description.toBytes().toArray(), 0, data, 0x204, AppDescription.LENGTH);

        assertThat(elf(new HandMadeElf().segment(0x60000000, 0x60000000, data)).description())
                .isEqualTo(description);
        assertThat(elf(HandMadeElf.firmware()).description()).isNull();
    }

    @Test
    void knowsAProgramForAnEsp32ByWhereItsCodeIs() {
        assertThat(elf(HandMadeElf.firmware()).isForEsp32()).isTrue();
        assertThat(elf(new HandMadeElf().segment(0x40080000, 0x40080000, new byte[0x30000]))
                        .isForEsp32())
                .isTrue();
        assertThat(elf(new HandMadeElf().segment(0x60000000, 0x60000000, new byte[4]))
                        .isForEsp32())
                .isFalse();
    }

    @Test
    void sendsWhoHasAnEspIdfProgramForTheMergedImage() {
        refuses(
                () -> flash(new HandMadeElf()
                        .segment(0x3f400020, 0x3f400020, new byte[8])
                        .segment(0x40080000, 0x40080000, new byte[4])),
                "linked as ESP-IDF links, and so it does not say where in flash its parts are; give the merged image");
    }

    @Test
    void refusesAProgramThatWasLinkedForAnotherLayout() {
        HandMadeElf start = new HandMadeElf().segment(0x40080000, 0x40080000, new byte[4]);

        refuses(() -> flash(HandMadeElf.firmware().machine(243)), "no linked 32-bit program for Xtensa");
        refuses(
                () -> ElfFirmware.of(Bytes.of(HandMadeImage.merged(0)), "flash.bin"),
                "flash.bin: this is no ELF file; give the linked program, such as out/esp32.elf.");
        refuses(
                () -> ElfFirmware.of(
                        Bytes.of(Arrays.copyOf(HandMadeElf.firmware().bytes(), 0x200)), "half.elf"),
                "half.elf: truncated at offset 0x200: the ELF file goes on to at least");
        refuses(() -> flash(new HandMadeElf()), "nothing in it runs from RAM");
        refuses(
                () -> flash(new HandMadeElf().segment(0x40080000, 0x40080000, new byte[0x7001])),
                "esp32.elf: what runs from RAM makes a boot image of 0x7050 bytes, but there are 0x7000 before the"
                        + " partition table");
        refuses(
                () -> flash(start.segment(0x400d0020, 0x110020, new byte[4])),
                "esp32.elf: the segment at 0x400d0020 with 0x4 bytes has the load address 0x110020; its place in"
                        + " flash is from 0x10020 to 0x110000 and as far into a page of 64 KiB as its address");
        refuses(
                () -> flash(new HandMadeElf().segment(0x60000000, 0x60000000, new byte[4])),
                "the segment at 0x60000000 with 0x4 bytes is in none of the ESP32's memories");
        refuses(() -> ElfFirmware.open(folder.resolve("none.elf")), "There is no file");
    }

    /** An outside opinion on both images, where Espressif's tool is installed. */
    @Test
    void esptoolFindsBothImagesValid() throws IOException, InterruptedException {
        Path tool = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "esptool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(tool != null, "esptool is not installed");
        FlashImage flash = flash(HandMadeElf.firmware());
        for (ChipImage image :
                new ChipImage[] {flash.bootloader(), flash.bootSlot().image()}) {
            Path file = Files.write(folder.resolve("image.bin"), image.bytes().toArray());
            Path output = folder.resolve("output");
            Process process = new ProcessBuilder(tool.toString(), "--chip", "esp32", "image_info", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output)
                    .content()
                    .containsPattern("Checksum: .* \\(valid\\)")
                    .containsPattern("Validation Hash: .* \\(valid\\)");
        }
    }

    private static FlashImage flash(HandMadeElf elf) {
        return elf(elf).flashImage(FLASH_BYTES);
    }

    private static ElfFirmware elf(HandMadeElf elf) {
        return ElfFirmware.of(Bytes.of(elf.bytes()), "esp32.elf");
    }

    private static void refuses(ThrowingCallable what, String why) {
        assertThatThrownBy(what).isInstanceOf(FlashImageException.class).hasMessageContaining(why);
    }
}
