package io.fieldloop.qemu.flash;

import static io.fieldloop.qemu.flash.HandMadeImage.APP_AT;
import static io.fieldloop.qemu.flash.HandMadeImage.ESP32;
import static io.fieldloop.qemu.flash.HandMadeImage.ESP32_S3;
import static io.fieldloop.qemu.flash.HandMadeImage.OTADATA_AT;
import static io.fieldloop.qemu.flash.HandMadeImage.TABLE_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.nvs.NvsPartition;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlashImageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {ESP32, ESP32_S3})
    void readsAWholeFlash(int chip) {
        FlashImage image = merged(HandMadeImage.merged(chip));

        assertThat(image.chip()).isEqualTo(chip == ESP32 ? Chip.ESP32 : Chip.ESP32_S3);
        assertThat(image.flashBytes()).isEqualTo(4 << 20);
        assertThat(image.bootloaderDescription())
                .isEqualTo(new BootloaderDescription("v5.3.2-dirty", "Jan  5 2025 19:40:37"));
        assertThat(image.partitionTable().partitions()).hasSize(5);
        assertThat(image.bootSlot().partition().label()).isEqualTo("ota_0");
        assertThat(image.bootSlot().description())
                .isEqualTo(new AppDescription(
                        "xiaozhi",
                        "0.9.8",
                        "v5.3.2-dirty",
                        "Jan  5 2025",
                        "21:12:54",
                        Bytes.of(HandMadeImage.app(chip)).slice(32 + 144, 32)));
        assertThat(image.nvs()).contains(NvsPartition.empty());
    }

    @Test
    void fillsUpWhatEsptoolDidNot() {
        byte[] whole = HandMadeImage.merged(ESP32_S3);
        byte[] file = Arrays.copyOf(whole, APP_AT + HandMadeImage.app(ESP32_S3).length);

        FlashImage image = merged(file);

        assertThat(image.fileEnd()).isEqualTo(file.length);
        assertThat(image.toBytes()).isEqualTo(Bytes.of(whole));
    }

    @Test
    void readsAnImageThatBeginsAtTheBootloader() {
        byte[] whole = HandMadeImage.merged(ESP32);

        FlashImage image = merged(Arrays.copyOfRange(whole, 0x1000, whole.length));

        assertThat(image.fileStart()).isEqualTo(0x1000);
        assertThat(image.toBytes()).isEqualTo(Bytes.of(whole));
    }

    @Test
    void startsTheSlotThatOtaDataSelect() {
        byte[] file = HandMadeImage.merged(ESP32_S3);
        HandMadeImage.put(file, OTADATA_AT, OtaData.selecting(1).toBytes().toArray());
        HandMadeImage.put(file, 0x110000, HandMadeImage.app(ESP32_S3));

        assertThat(merged(file).bootSlot().partition().label()).isEqualTo("ota_1");
    }

    @Test
    void halfADownloadInTheOtherSlotIsNoDefectOfTheImage() {
        byte[] file = HandMadeImage.merged(ESP32_S3);
        HandMadeImage.put(file, 0x110000, Arrays.copyOf(HandMadeImage.app(ESP32_S3), 200));

        AppSlot other = merged(file).appSlots().get(1);

        assertThat(other.image()).isNull();
        assertThat(other.defect())
                .hasMessage("the app in partition \"ota_1\" at 0x110000 does not fit: it goes on to at least"
                        + " 0x100110127 (segment 1 at 0x110120), but its room ends at 0x210000.");
    }

    @Test
    void aBootloaderWhoseHeaderEsptoolChangedIsNoDefect() {
        byte[] file = HandMadeImage.merged(ESP32_S3);
        file[2] = 0; // QIO, without a new digest

        FlashImage image = merged(file);

        assertThat(image.bootloader().header().mode()).isEqualTo(FlashMode.QIO);
        assertThat(image.bootloader().hasOwnDigest()).isFalse();
    }

    @Test
    void injectsSettingsIntoACopyAndKeepsTheOthers() {
        FlashImage original = merged(HandMadeImage.merged(ESP32_S3))
                .withNvs(Map.of("display/theme", NvsValue.text("dark"), "wifi/ssid", NvsValue.text("home")));

        FlashImage injected = original.withNvs(
                Map.of("wifi/ssid", NvsValue.text("PICSimLabWifi"), "websocket/version", NvsValue.i32(3)));

        NvsPartition nvs = injected.nvs().orElseThrow();
        assertThat(nvs.get("display/theme")).contains(NvsValue.text("dark"));
        assertThat(nvs.get("wifi/ssid")).contains(NvsValue.text("PICSimLabWifi"));
        assertThat(nvs.get("websocket/version")).contains(NvsValue.i32(3));
        assertThat(original.nvs().orElseThrow().get("wifi/ssid")).contains(NvsValue.text("home"));
        assertThat(injected.toBytes().slice(0, 0x9000))
                .isEqualTo(original.toBytes().slice(0, 0x9000));
        assertThat(injected.toBytes().slice(0xd000, (4 << 20) - 0xd000))
                .isEqualTo(original.toBytes().slice(0xd000, (4 << 20) - 0xd000));
    }

    @Test
    void isWrittenAsItIsRead() throws IOException {
        Path file = folder.resolve("copy.bin");
        FlashImage image = merged(HandMadeImage.merged(ESP32));

        image.write(file);

        assertThat(FlashImage.open(file).toBytes()).isEqualTo(image.toBytes());
    }

    @Test
    void isAssembledFromItsParts() {
        FlashImage image = FlashImage.assemble(
                "assembled",
                4 << 20,
                Map.of(
                        0,
                        Bytes.of(HandMadeImage.bootloader(ESP32_S3)),
                        TABLE_AT,
                        Bytes.of(HandMadeImage.table()),
                        APP_AT,
                        Bytes.of(HandMadeImage.app(ESP32_S3))));

        assertThat(image.toBytes()).isEqualTo(Bytes.of(HandMadeImage.merged(ESP32_S3)));
    }

    @Test
    void saysWhichKindIsNeeded() throws IOException {
        Path app = folder.resolve("xiaozhi.bin");
        Path merged = folder.resolve("merged.bin");
        Files.write(app, HandMadeImage.app(ESP32_S3));
        Files.write(merged, HandMadeImage.merged(ESP32_S3));

        assertThat(AppImage.open(app).description()).isNotNull();
        assertThatThrownBy(() -> FlashImage.open(app))
                .hasMessage("xiaozhi.bin is an app image, where a merged flash image is needed; make one with"
                        + " bootloader, partition table and app (idf.py merge-bin, or esptool merge_bin).");
        assertThatThrownBy(() -> AppImage.open(merged))
                .hasMessage("merged.bin is a merged flash image, where an app image is needed; give the app alone,"
                        + " such as build/xiaozhi.bin.");
        assertThatThrownBy(() -> FlashImage.open(folder.resolve("none.bin")))
                .hasMessage("There is no file " + folder.resolve("none.bin") + "; give a flash image or an app image.");
    }

    private static FlashImage merged(byte[] file) {
        return (FlashImage) HandMadeImage.read(file);
    }

    @Test
    void addsAPartitionForFilesBehindTheLastOne() {
        byte[] flash = HandMadeImage.merged(HandMadeImage.ESP32_S3);
        FlashImage image = (FlashImage) HandMadeImage.read(flash);

        FlashImage more = image.withFilesPartition("vfs").withFiles("vfs", Map.of("main.py", new byte[] {1, 2, 3}));

        FlashImage read = (FlashImage) HandMadeImage.read(more.toBytes().toArray());
        assertThat(read.partition("vfs")).isEqualTo(new Partition("vfs", 1, 0x81, 0x310000, 0xf0000, 0));
        assertThat(read.files(read.partition("vfs"))).isPresent();
        assertThat(read.partition("storage")).isEqualTo(image.partition("storage"));
        assertThat(more.withFilesPartition("vfs")).isSameAs(more);
        assertThatThrownBy(() -> more.withFilesPartition("another"))
                .hasMessage("image.bin: there is no room for a partition \"another\" behind the last one, which ends at"
                        + " 0x400000 of 0x400000 bytes.");
    }
}
