package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTableTest {
    // nvs,data,nvs,0x9000,0x4000 / otadata,data,ota,0xd000,0x2000 / ota_0,app,ota_0,0x20000,0x10000
    private static final String GOLDEN = "aa50" // magic
            + "01" // data
            + "02" // nvs
            + "00900000" // at 0x9000
            + "00400000" // 0x4000 bytes
            + "6e767300000000000000000000000000" // "nvs"
            + "00000000" // no flags
            + "aa50" + "01" + "00" + "00d00000" + "00200000" + "6f746164617461000000000000000000" + "00000000"
            + "aa50" + "00" + "10" + "00000200" + "00000100" + "6f74615f300000000000000000000000" + "00000000"
            + "ebeb" // MD5 row
            + "ff".repeat(14)
            + "e21d31d34ff2c3983844024d0a3097e0"; // MD5 of the 96 bytes before the row

    private static final PartitionTable TABLE = new PartitionTable(List.of(
            new Partition("nvs", Partition.DATA, Partition.DATA_NVS, 0x9000, 0x4000, 0),
            new Partition("otadata", Partition.DATA, Partition.DATA_OTA, 0xd000, 0x2000, 0),
            new Partition("ota_0", Partition.APP, Partition.APP_OTA_0, 0x20000, 0x10000, 0)));

    @Test
    void writesEveryFieldWhereTheBootloaderReadsIt() {
        Bytes written = TABLE.toBytes();

        assertThat(written.length()).isEqualTo(0xc00);
        assertThat(written.slice(0, 128).hex()).isEqualTo(GOLDEN);
        assertThat(written.slice(128, 0xc00 - 128).isErased()).isTrue();
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(PartitionTable.read(TABLE.toBytes(), 0).partitions()).isEqualTo(TABLE.partitions());
    }

    @Test
    void namesKindsAsPartitionFilesDo() {
        assertThat(List.of(
                        kind(0, 0),
                        kind(0, 0x1f),
                        kind(0, 0x20),
                        kind(1, 2),
                        kind(1, 0x82),
                        kind(1, 0x77),
                        kind(0x40, 1)))
                .containsExactly(
                        "app/factory", "app/ota_15", "app/test", "data/nvs", "data/spiffs", "data/0x77", "0x40/0x01");
    }

    private static String kind(int type, int subtype) {
        return new Partition("p", type, subtype, 0x9000, 0x1000, 0).kind();
    }
}
