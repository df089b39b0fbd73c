package io.fieldloop.qemu.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlashChipTest {
    private static final int PARTITION = 0x100;
    private static final int LENGTH = 0x100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(PowerLoss.class)
    void losesPowerAtTheSecondWriteThatChangesThePartition(PowerLoss loss) {
        List<FlashWrite> off = new ArrayList<>();
        try (FlashChip chip = chip()) {
            chip.losePower(PARTITION, LENGTH, 2, loss, off::add);
            assertThat(chip.write(0x80, bytes(0x11))).as("not of the partition").isTrue();
            assertThat(chip.write(PARTITION, bytes(0x22, 0x22))).as("its first").isTrue();
            assertThat(chip.write(PARTITION, bytes(0x22, 0x22)))
                    .as("the same again")
                    .isTrue();
            assertThat(off).isEmpty();
            assertThat(chip.write(PARTITION + 4, bytes(0xff, 0, 0, 0, 0))).isFalse();
            assertThat(off)
                    .singleElement()
                    .satisfies(write -> assertThat(write.offset())
                            .as("what does not change is not written")
                            .isEqualTo(PARTITION + 5));
            byte[] left = switch (loss) {
                case BEFORE -> bytes(0xff, 0xff, 0xff, 0xff, 0xff);
                case TORN -> bytes(0xff, 0, 0, 0x0f, 0xff);
                case AFTER -> bytes(0xff, 0, 0, 0, 0);
            };
            assertThat(chip.read(PARTITION + 4, 5)).isEqualTo(left);
        }
    }

    @ParameterizedTest
    @EnumSource(PowerLoss.class)
    void aLogGivesTheFlashThatACutWouldHaveLeft(PowerLoss loss) {
        try (FlashChip recorded = chip();
                FlashChip cut = chip()) {
            WriteLog log = recorded.record(PARTITION, LENGTH, () -> 5);
            cut.losePower(PARTITION, LENGTH, 3, loss, write -> {});
            for (FlashChip chip : List.of(recorded, cut)) {
                boolean powered = true;
                for (int i = 0; i < 6 && powered; i++) {
                    powered = chip.write(0x10 * i, bytes(i)) && chip.write(PARTITION + 8 * i, bytes(i, 2 * i, 3 * i));
                }
            }
            assertThat(log.count()).isEqualTo(6);
            assertThat(log.nanosAt(3)).isEqualTo(5);
            assertThat(log.flashAt(3, loss)).isEqualTo(cut.read(0, cut.size()));
        }
    }

    @Test
    void anErasedSectorIsOneWrite() {
        try (FlashChip chip = chip()) {
            chip.write(PARTITION, new byte[LENGTH]);
            WriteLog log = chip.record(PARTITION, LENGTH, () -> 5);
            byte[] erased = new byte[LENGTH];
            Arrays.fill(erased, (byte) 0xff);
            chip.write(PARTITION, erased);
            assertThat(log.count()).isEqualTo(1);
        }
    }

    private FlashChip chip() {
        byte[] erased = new byte[0x400];
        Arrays.fill(erased, (byte) 0xff);
        return FlashChip.serve(erased, directory.resolve("chip" + System.identityHashCode(erased)));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
