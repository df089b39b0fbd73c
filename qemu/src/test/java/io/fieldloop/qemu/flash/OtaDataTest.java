package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class OtaDataTest {
    private static final String FIRST_SLOT = "01000000" // sequence 1
            + "ff".repeat(20) // label, unused
            + "ffffffff" // state: undefined
            + "9a984347"; // CRC of the sequence

    @Test
    void writesEveryFieldWhereTheBootloaderReadsIt() {
        Bytes written = OtaData.selecting(0).toBytes();

        assertThat(written.slice(0, 32).hex()).isEqualTo(FIRST_SLOT);
        assertThat(written.slice(32, 0x2000 - 32).isErased()).isTrue();
    }

    @Test
    void theHigherSequenceOfTheTwoCopiesCounts() {
        OtaData read = OtaData.read(copies(FIRST_SLOT, "02000000" + "ff".repeat(24) + "7437f655"));

        assertThat(read.selected().orElseThrow().slot(2)).isEqualTo(1);
        assertThat(read.toBytes()).isEqualTo(copies(FIRST_SLOT, "02000000" + "ff".repeat(24) + "7437f655"));
    }

    @Test
    void aCopyWithAWrongCrcDoesNotCount() {
        OtaData read = OtaData.read(copies(FIRST_SLOT, "02000000" + "ff".repeat(24) + "7437f656"));

        assertThat(read.selected().orElseThrow().slot(2)).isZero();
    }

    @Test
    void anAbortedUpdateDoesNotCount() {
        OtaData read = OtaData.read(copies(FIRST_SLOT, "02000000" + "ff".repeat(20) + "04000000" + "7437f655"));

        assertThat(read.entries().get(1).state()).isEqualTo(OtaState.ABORTED);
        assertThat(read.selected().orElseThrow().slot(2)).isZero();
    }

    @Test
    void erasedDataSelectNothing() {
        assertThat(OtaData.read(OtaData.erased().toBytes()).selected()).isEmpty();
    }

    private static Bytes copies(String first, String second) {
        byte[] partition = HexFormat.of().parseHex("ff".repeat(0x2000));
        HandMadeImage.put(partition, 0, HexFormat.of().parseHex(first));
        HandMadeImage.put(partition, 0x1000, HexFormat.of().parseHex(second));
        return Bytes.of(partition);
    }
}
