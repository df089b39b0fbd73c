package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FatPartitionTest {
    private static final int MIB = 1 << 20;
    private static final int SECTOR = 4096;

    @ParameterizedTest
    @EnumSource
    void readsWhatItFormatted(FatPartition.Layer layer) {
        FatPartition formatted = FatPartition.format(MIB, layer).with(Map.of("lib/a.py", Bytes.utf8("a")));

        FatPartition read = FatPartition.find(formatted.bytes()).orElseThrow();

        assertThat(read.bytes().length()).isEqualTo(MIB);
        assertThat(read.volume().get("lib/a.py")).contains(Bytes.utf8("a"));
        assertThat(read.kind()).isEqualTo(layer == FatPartition.Layer.NONE ? "FAT12" : "FAT12 on wear levelling");
    }

    /** The layout and the 16 words are those of Espressif's wl_fatfsgen.py for a partition of 1 MiB. */
    @Test
    void wearLevellingIsWrittenAsEspressifsGeneratorDoes() {
        Bytes bytes =
                FatPartition.format(MIB, FatPartition.Layer.WEAR_LEVELLING).bytes();

        assertThat(bytes.slice(0, SECTOR).isErased()).isTrue(); // the free sector
        assertThat(bytes.u16(SECTOR + 510)).isEqualTo(0xaa55); // then the boot sector
        assertThat(bytes.u16(SECTOR + 19)).isEqualTo(256 - 6); // less free sector, two states of two, configuration
        Bytes state = bytes.slice(251 * SECTOR, 64);
        assertThat(state.hex())
                .isEqualTo(
                        "00000000" // position of the free sector
                                + "fb000000" // positions
                                + "00000000" // rounds
                                + "00000000" // accesses
                                + "10000000" // accesses until the next move
                                + "00100000" // block size
                                + "02000000" // version
                                + "01000000" // device id
                                + "00".repeat(28)
                                + state.slice(60, 4).hex());
        assertThat(bytes.slice(253 * SECTOR, 64)).isEqualTo(state);
        assertThat(bytes.slice(255 * SECTOR, 48).hex())
                .isEqualTo(
                        "00000000" // start
                                + "00001000" // size
                                + "00100000" + "00100000" // page, sector
                                + "10000000" // update rate
                                + "10000000" // bytes per record
                                + "02000000" // version
                                + "20000000" // buffer
                                + "e062b54f" // CRC
                                + "00".repeat(12));
    }

    /** As after 250 + 3 moves: the free sector has been everywhere once, and is at position 3 again. */
    @Test
    void followsTheWanderingSector() {
        int sectors = 250;
        Bytes volume = FatVolume.empty(sectors * SECTOR)
                .with("main.py", Bytes.utf8("x"))
                .toBytes();
        WearLevelling worn = new WearLevelling(MIB, 2, 3, 1);
        Bytes partition = worn.withVolume(WearLevelling.fresh(MIB).format(1), volume);

        assertThat(partition.slice(0, SECTOR)).isEqualTo(volume.slice(SECTOR, SECTOR)); // moved by one round
        assertThat(partition.slice(3 * SECTOR, SECTOR).isErased()).isTrue();
        assertThat(partition.slice(250 * SECTOR, SECTOR)).isEqualTo(volume.slice(0, SECTOR));
        assertThat(worn.volume(partition)).isEqualTo(volume);
    }

    @Test
    void countsTheRecordsBehindTheState() {
        byte[] partition = WearLevelling.fresh(MIB).format(1).toArray();
        for (int record = 0; record < 5; record++) {
            partition[251 * SECTOR + 64 + record * 16] = 0x5a;
        }

        assertThat(WearLevelling.find(Bytes.of(partition))).contains(new WearLevelling(MIB, 2, 5, 0));
    }

    @Test
    void theSecondStateServesWhereAPowerCutSpoiltTheFirst() {
        byte[] partition = FatPartition.format(MIB, FatPartition.Layer.WEAR_LEVELLING)
                .with(Map.of("a", Bytes.utf8("1")))
                .bytes()
                .toArray();
        partition[251 * SECTOR] = 7;

        assertThat(FatPartition.find(Bytes.of(partition)).orElseThrow().volume().get("a"))
                .contains(Bytes.utf8("1"));
    }

    @Test
    void saysWhatElseIsThere() {
        byte[] littlefs = new byte[MIB];
        System.arraycopy(Bytes.utf8("littlefs").toArray(), 0, littlefs, 8, 8);

        assertThat(FatPartition.find(Bytes.of(littlefs))).isEmpty();
        assertThat(FatPartition.contentsOf(Bytes.of(littlefs))).isEqualTo("littlefs");
        assertThat(FatPartition.contentsOf(Bytes.of(Bytes.erased(MIB)))).isEqualTo("erased");
        assertThat(FatPartition.contentsOf(Bytes.of(new byte[MIB]))).isEqualTo("no FAT");
    }
}
