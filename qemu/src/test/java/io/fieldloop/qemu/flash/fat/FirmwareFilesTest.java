package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.chip.FlashChip;
import io.fieldloop.qemu.chip.PowerLoss;
import io.fieldloop.qemu.chip.WriteLog;
import io.fieldloop.qemu.flash.Lx60Flash;
import io.fieldloop.qemu.flash.Partition;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.machine.NetworkWiring;
import io.fieldloop.qemu.machine.QemuBinary;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.ProcessEmulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of the reference firmware on lx60 as fsck.fat, mtools and our own reader see them, before and after a power cut. */
@Tag("qemu")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FirmwareFilesTest {
    private static final Path FIRMWARE = Path.of("firmware", "out", "lx60.elf");
    private static final Machine LX60 = Machine.named("lx60");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Partition STORAGE = Lx60Flash.partition("storage").orElseThrow();
    private static final int BLOCK = 0x10000;
    private static final int SECTOR = 512;

    @TempDir
    private Path directory;

    private final List<String> console = new CopyOnWriteArrayList<>();
    private FatTools tools;

    @BeforeEach
    void needsTheFirmwareAndTheTools() {
        FatTools.assumeInstalled();
        try {
            QemuBinary.of(LX60);
        } catch (MachineException missing) {
            abort(missing.sentence());
        }
        assumeTrue(Files.isReadable(FIRMWARE), "the reference firmware is not built: make -C qemu/firmware");
        tools = new FatTools(directory);
    }

    @Test
    void itsVolumeIsSoundAndHoldsTheSettings() throws IOException, InterruptedException {
        Path image = volume(afterTwoChanges("rename").flashAt(17, PowerLoss.AFTER));
        assertThat(tools.complaints(image)).isEmpty();
        assertThat(tools.run("mtype", "-i", image.toString(), "::/SETTINGS.TXT"))
                .startsWith("number=2 version=1 url=\"ws://gateway.test/second\"");
        assertThat(FatVolume.read(Bytes.of(Files.readAllBytes(image))).files()).containsOnlyKeys("SETTINGS.TXT");
    }

    /** An erased folder, tables that are not alike, a file without a name for its cluster. */
    @Test
    void mendsWhatAPowerCutLeft() throws IOException, InterruptedException {
        WriteLog writes = afterTwoChanges("turns");
        for (int number : List.of(2, 5, 7, 9)) {
            byte[] flash = writes.flashAt(number, PowerLoss.BEFORE);
            assertThat(tools.complaints(volume(flash))).as("write %d", number).isNotEmpty();
            Path image = volume(booted(flash));
            assertThat(tools.complaints(image)).as("write %d", number).isEmpty();
            assertThat(tools.run("mtype", "-i", image.toString(), "::/A/SETTINGS.TXT"))
                    .startsWith("number=1 version=1 url=\"ws://gateway.test/first\"");
        }
    }

    /** What the second change wrote. */
    private WriteLog afterTwoChanges(String way) throws IOException {
        try (FlashChip chip = FlashChip.serve(Lx60Flash.erased(), directory.resolve("flash"))) {
            Emulation machine = started(way, chip.drive());
            try {
                machine.write("set url ws://gateway.test/first\n");
                awaitLine("settings kept url=ws://gateway.test/first");
                WriteLog writes = chip.record(STORAGE.offset(), STORAGE.size(), () -> 0);
                machine.write("set url ws://gateway.test/second\n");
                awaitLine("settings kept url=ws://gateway.test/second");
                return writes;
            } finally {
                machine.stop().join();
            }
        }
    }

    /** What is in the flash when the firmware has been up once more. */
    private byte[] booted(byte[] flash) throws IOException {
        Path chip = Files.write(directory.resolve("pflash.bin"), flash);
        console.clear();
        started("turns", chip.toString()).stop().join();
        return Files.readAllBytes(chip);
    }

    private Emulation started(String way, String drive) {
        Emulation machine = new ProcessEmulator()
                .start(
                        EmulationConfig.of(
                                        "files",
                                        LX60.withArguments(List.of("-drive", "if=pflash,format=raw,file=" + drive)),
                                        new BootMedium.Kernel(FIRMWARE, "settings-file=" + way),
                                        directory)
                                .withNetwork(NetworkWiring.user()),
                        new Console())
                .join();
        awaitLine("fieldloop: ready ");
        return machine;
    }

    private void awaitLine(String said) {
        await().atMost(SOON).until(() -> console.stream().anyMatch(line -> line.contains(said)));
    }

    /** The volume without the rest of each block. */
    private Path volume(byte[] flash) throws IOException {
        ByteArrayOutputStream volume = new ByteArrayOutputStream();
        for (int at = STORAGE.offset(); at < STORAGE.offset() + STORAGE.size(); at += BLOCK) {
            volume.write(flash, at, SECTOR);
        }
        return Files.write(directory.resolve("volume.img"), volume.toByteArray());
    }

    private final class Console implements EmulationListener {
        @Override
        public void consoleLine(String line) {
            console.add(line);
        }

        @Override
        public void event(FirmwareEvent event) {}
    }
}
