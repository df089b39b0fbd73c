package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.bytes.Bytes;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference firmware's loader on lx60, given chips by hand: version 1.0.0 in the first slot, 1.0.1 in the second. */
@Tag("qemu")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LoaderTest {
    private static final Path BUILT = Path.of("firmware", "out");
    private static final Machine LX60 = Machine.named("lx60");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OTADATA = 0x40000;
    private static final int SECTOR = 0x10000;
    private static final int ENTRY_LENGTH = 32;
    private static final int SLOT_1 = 0x200000;
    private static final int CHIP_AT = 12;
    private static final int SEGMENT_LENGTH_END = 31;

    @TempDir
    private Path directory;

    private final List<String> console = new CopyOnWriteArrayList<>();
    private final List<FirmwareEvent> events = new CopyOnWriteArrayList<>();
    private ChipImage update;
    private byte[] flash;

    @BeforeEach
    void twoVersions() {
        try {
            QemuBinary.of(LX60);
        } catch (MachineException missing) {
            abort(missing.sentence());
        }
        assumeTrue(
                Files.isReadable(BUILT.resolve("lx60-loader.elf")),
                "the reference firmware is not built: make -C qemu/firmware");
        ChipImage app = ElfFirmware.open(BUILT.resolve("lx60.elf")).app();
        flash = Lx60Flash.booting(app.asVersion("1.0.0", 0));
        update = app.asVersion("1.0.1", 0);
        put(SLOT_1, update.bytes());
    }

    @Test
    void startsTheFirstSlotOfANewChipAndWritesThatDown() {
        assertThat(started()).isEqualTo("1.0.0");
        assertThat(console).anyMatch(line -> line.endsWith("boot: No factory image, trying OTA 0"));
        assertThat(entry(0)).isEqualTo(bytes(1, OtaState.VALID));
    }

    @Test
    void startsTheSlotOfTheHigherSequence() {
        otadata(bytes(3, OtaState.VALID), bytes(2, OtaState.VALID));
        assertThat(started()).isEqualTo("1.0.0");
    }

    @Test
    void startsTheSlotOfTheOnlySequence() {
        otadata(Bytes.of(Bytes.erased(ENTRY_LENGTH)), bytes(2, OtaState.VALID));
        assertThat(started()).isEqualTo("1.0.1");
    }

    @Test
    void passesOverAnEntryThatAPowerCutTore() {
        byte[] torn = bytes(2, OtaState.NEW).toArray();
        Arrays.fill(torn, ENTRY_LENGTH - 4, ENTRY_LENGTH, (byte) 0xff);
        otadata(bytes(1, OtaState.VALID), Bytes.of(torn));
        assertThat(started()).isEqualTo("1.0.0");
    }

    @Test
    void triesWhatThereIsWhereOtadataSaysNothingThatHolds() {
        byte[] torn = bytes(2, OtaState.NEW).toArray();
        Arrays.fill(torn, ENTRY_LENGTH - 4, ENTRY_LENGTH, (byte) 0xff);
        otadata(Bytes.of(torn), Bytes.of(torn));
        assertThat(started()).isEqualTo("1.0.0");
        assertThat(console)
                .anyMatch(line -> line.endsWith("ota data partition invalid, and no factory, will try all partitions"));
    }

    @Test
    void startsANewImageOnTrial() {
        otadata(bytes(1, OtaState.VALID), bytes(2, OtaState.NEW));
        assertThat(started()).isEqualTo("1.0.1");
        assertThat(entry(1)).isEqualTo(bytes(2, OtaState.PENDING_VERIFY));
    }

    @Test
    void goesBackWhereATrialWasNotPassed() {
        otadata(bytes(1, OtaState.VALID), bytes(2, OtaState.PENDING_VERIFY));
        assertThat(started()).isEqualTo("1.0.0");
        assertThat(console).anyMatch(line -> line.endsWith("fieldloop: rolled back version=1.0.1"));
        assertThat(entry(1)).isEqualTo(bytes(2, OtaState.ABORTED));
    }

    @Test
    void saysSoWhereNothingBoots() {
        put(SLOT_1, Bytes.of(new byte[4]));
        put(0x100000, Bytes.of(new byte[4]));
        runUntil("boot: No bootable app partitions in the partition table", () -> !events.isEmpty());
        assertThat(events)
                .first()
                .satisfies(
                        loop -> assertThat(loop.attributes()).containsEntry("cause", "no app partition is bootable"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void startsTheOtherSlotWhereAnImageIsNotWhole(String damage, Consumer<LoaderTest> done, String said) {
        otadata(bytes(1, OtaState.VALID), bytes(2, OtaState.VALID));
        done.accept(this);
        assertThat(started()).isEqualTo("1.0.0");
        assertThat(console)
                .anyMatch(line -> line.contains(said))
                .anyMatch(line -> line.endsWith("boot: OTA app partition slot 1 is not bootable"))
                .anyMatch(line -> line.endsWith("fieldloop: firmware started version=1.0.0 partition=ota_0"));
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(
                        "never written",
                        test -> test.erase(0, 1 << 20),
                        "has invalid magic byte (nothing flashed here?)"),
                damage("written half", test -> test.erase(0x20000, 1 << 20), "Checksum failed."),
                damage(
                        "a segment beyond the slot",
                        test -> test.flash[SLOT_1 + SEGMENT_LENGTH_END] = 1,
                        "invalid segment length"),
                damage("one bit", test -> test.flash[SLOT_1 + 0x1000] ^= 4, "Checksum failed."),
                damage("two bits of a column", LoaderTest::flipTwo, "Image hash failed - image is corrupt"),
                damage(
                        "another chip's",
                        test -> test.flash[SLOT_1 + CHIP_AT] = 9,
                        "mismatch chip ID, expected 0, found 9"),
                damage("for other memory", LoaderTest::moveToIram, "invalid: bad load address range"));
    }

    private static Arguments damage(String name, Consumer<LoaderTest> done, String said) {
        return Arguments.of(name, done, said);
    }

    /** Which the checksum does not see. */
    private void flipTwo() {
        flash[SLOT_1 + 0x1000] ^= 4;
        flash[SLOT_1 + 0x1004] ^= 4;
    }

    private void moveToIram() {
        put(
                SLOT_1,
                ChipImage.of(update.header(), List.of(new Segment(0x40080000L, update.firstData())))
                        .bytes());
    }

    private void erase(int from, int to) {
        Arrays.fill(flash, SLOT_1 + from, SLOT_1 + to, (byte) 0xff);
    }

    private void put(int at, Bytes bytes) {
        System.arraycopy(bytes.toArray(), 0, flash, at, bytes.length());
    }

    private void otadata(Bytes first, Bytes second) {
        put(OTADATA, first);
        put(OTADATA + SECTOR, second);
    }

    private static Bytes bytes(long sequence, OtaState state) {
        return new OtaData(List.of(new OtaData.Entry(sequence, state, true)))
                .toBytes()
                .slice(0, ENTRY_LENGTH);
    }

    private Bytes entry(int sector) {
        return Bytes.of(flash).slice(OTADATA + sector * SECTOR, ENTRY_LENGTH);
    }

    /** The version that the firmware says it is, before it says where it thinks it runs. */
    private String started() {
        runUntil("fieldloop: firmware started ");
        return line("fieldloop: boot count=").replaceFirst(".* version=", "");
    }

    private void runUntil(String said) {
        runUntil(said, () -> true);
    }

    private void runUntil(String said, BooleanSupplier andThen) {
        Path chip = directory.resolve("pflash.bin");
        try {
            Files.write(chip, flash);
            Emulation machine = new ProcessEmulator()
                    .start(
                            EmulationConfig.of(
                                            "loader",
                                            LX60.withArguments(List.of("-drive", "if=pflash,format=raw,file=" + chip)),
                                            new BootMedium.Kernel(
                                                    BUILT.resolve("lx60-loader.elf"), "ota-url=http://10.0.2.2:1/ota/"),
                                            directory)
                                    .withNetwork(NetworkWiring.user()),
                            new Console())
                    .join();
            try {
                await().atMost(SOON).until(() -> !line(said).isEmpty() && andThen.getAsBoolean());
            } finally {
                machine.stop().join();
                flash = Files.readAllBytes(chip);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String line(String said) {
        return console.stream().filter(line -> line.contains(said)).findFirst().orElse("");
    }

    private final class Console implements EmulationListener {
        @Override
        public void consoleLine(String line) {
            console.add(line);
        }

        @Override
        public void event(FirmwareEvent event) {
            if (event instanceof FirmwareEvent.BootLoop) {
                events.add(event);
            }
        }
    }
}
