package io.fieldloop.qemu.flash.nvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.bytes.RomCrc32;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvsPartitionTest {
    private static final int SIZE = 0x4000;
    private static final NvsPartition SETTINGS = NvsPartition.empty()
            .with("websocket/url", NvsValue.text("ws://10.0.2.2:8000/"))
            .with("websocket/version", NvsValue.i32(1))
            .with("board/uuid", NvsValue.text("6f1b"));

    private static final List<NvsType> NUMBERS =
            Arrays.stream(NvsType.values()).filter(NvsType::isNumber).toList();

    // Places of the first page: namespace 0, url 1 and 2, version 3, namespace 4, uuid 5 and 6.
    private static final int URL_AT = 64 + 32;
    private static final int VERSION_AT = 64 + 3 * 32;

    @Test
    void changesOneValueAndKeepsTheRest() {
        NvsPartition changed = SETTINGS.with("websocket/version", NvsValue.i32(3));

        assertThat(changed.get("websocket/version")).contains(NvsValue.i32(3));
        assertThat(changed.get("websocket/url")).contains(NvsValue.text("ws://10.0.2.2:8000/"));
        assertThat(changed.get("board/uuid")).contains(NvsValue.text("6f1b"));
        assertThat(changed.size()).isEqualTo(3);
        assertThat(SETTINGS.get("websocket/version")).contains(NvsValue.i32(1));
        assertThat(changed.get("websocket/none")).isEmpty();
        assertThat(changed.get("none/url")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void survivesARoundTripWithAnyContent(long seed) {
        Random random = new Random(seed);
        NvsPartition nvs = NvsPartition.empty();
        for (int i = 0; i < 60; i++) {
            nvs = nvs.with("ns" + random.nextInt(5) + "/k" + random.nextInt(40), value(random));
        }

        Bytes written = nvs.toBytes(0x10000);

        assertThat(NvsPartition.read(written)).as("seed " + seed).isEqualTo(nvs);
        assertThat(NvsPartition.read(written).toBytes(0x10000)).isEqualTo(written);
    }

    private static NvsValue value(Random random) {
        int what = random.nextInt(10);
        if (what == 9) {
            return NvsValue.text("t".repeat(random.nextInt(600)));
        }
        if (what == 8) {
            byte[] blob = new byte[random.nextInt(3000)];
            random.nextBytes(blob);
            return NvsValue.blob(blob);
        }
        NvsType type = NUMBERS.get(what);
        BigInteger span = type.max().subtract(type.min());
        return new NvsValue.Numeric(type, type.min().add(new BigInteger(64, random).mod(span)));
    }

    @Test
    void takesTheLaterOfTwoValuesAsAPowerCutLeavesThem() {
        ByteBuffer written = written(SETTINGS);
        byte[] version = new byte[32];
        written.get(VERSION_AT, version);
        ByteBuffer copy =
                ByteBuffer.wrap(version).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 7);
        copy.putInt(4, RomCrc32.of(Bytes.of(copy).slice(0, 4), Bytes.of(copy).slice(8, 24)));
        written.put(64 + 7 * 32, version); // the first free place
        written.put(32 + 1, (byte) 0b10_10_10_10); // places 4 to 7 written

        NvsPartition read = NvsPartition.read(Bytes.of(written));

        assertThat(read.get("websocket/version")).contains(NvsValue.i32(7));
        assertThat(read.damage()).isEmpty();
    }

    @Test
    void doesNotReadWhatIsErased() {
        ByteBuffer written = written(SETTINGS);
        written.put(32, (byte) 0b00_10_10_10); // place 3, the version: erased

        NvsPartition read = NvsPartition.read(Bytes.of(written));

        assertThat(read.get("websocket/version")).isEmpty();
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.damage()).isEmpty();
    }

    @Test
    void dropsAnEntryWithAWrongCrcAndSaysSo() {
        ByteBuffer written = written(SETTINGS);
        written.put(VERSION_AT + 24, (byte) 9);

        NvsPartition read = NvsPartition.read(Bytes.of(written));

        assertThat(read.get("websocket/version")).isEmpty();
        assertThat(read.get("board/uuid")).isPresent();
        assertThat(read.damage()).containsExactly("entry 3 of page 0 has a wrong CRC.");
    }

    @Test
    void dropsATextWhoseDataIsDamaged() {
        ByteBuffer written = written(SETTINGS);
        written.put(URL_AT + 32, (byte) 'x');

        NvsPartition read = NvsPartition.read(Bytes.of(written));

        assertThat(read.get("websocket/url")).isEmpty();
        assertThat(read.damage()).containsExactly("entry 1 of page 0 (\"url\") has data with a wrong CRC.");
    }

    @Test
    void dropsAPageWithAWrongHeader() {
        ByteBuffer written = written(SETTINGS);
        written.put(4, (byte) 1);

        NvsPartition read = NvsPartition.read(Bytes.of(written));

        assertThat(read.size()).isZero();
        assertThat(read.damage()).containsExactly("page 0 has a wrong CRC in its header.");
    }

    @Test
    void dropsABlobThatLacksAPiece() {
        ByteBuffer written = written(NvsPartition.empty().with("b/big", NvsValue.blob(new byte[5000])));
        written.put(32, (byte) 0b10_10_00_10); // place 1, the head of the first piece: erased
        for (int at = 33; at < 64; at++) {
            written.put(at, (byte) 0); // and all of its data
        }

        NvsPartition read = NvsPartition.read(Bytes.of(written));

        assertThat(read.get("b/big")).isEmpty();
        assertThat(read.damage()).contains("blob \"b/big\" lacks some of its pieces.");
    }

    @Test
    void readsTheBlobsOfFormatVersion1() {
        ByteBuffer written = written(NvsPartition.empty().with("b/old", NvsValue.text("0123456789")));
        written.put(64 + 32 + 1, (byte) 0x41); // a blob in one piece has its own type, and no other difference
        Bytes entry = Bytes.of(written).slice(64 + 32, 32);
        written.putInt(64 + 32 + 4, RomCrc32.of(entry.slice(0, 4), entry.slice(8, 24)));

        assertThat(NvsPartition.read(Bytes.of(written)).get("b/old"))
                .contains(new NvsValue.Blob(Bytes.utf8("0123456789\0")));
    }

    @Test
    void refusesAFormatItDoesNotKnow() {
        ByteBuffer written = written(SETTINGS);
        written.put(8, (byte) 0xfd);
        written.putInt(28, RomCrc32.of(Bytes.of(written).slice(4, 24)));

        assertThatThrownBy(() -> NvsPartition.read(Bytes.of(written)))
                .hasMessage("page 0 has NVS format version 3; versions 1 and 2 can be read.");
    }

    @Test
    void saysInOneSentenceWhatCannotBeStored() {
        assertThatThrownBy(() -> SETTINGS.with("url", NvsValue.i32(1)))
                .hasMessage("\"url\" names no setting; write it as namespace/key, such as websocket/url.");
        assertThatThrownBy(() -> SETTINGS.with("websocket/sixteen-letters-", NvsValue.i32(1)))
                .hasMessage("\"sixteen-letters-\" in \"websocket/sixteen-letters-\" has 16 bytes; namespaces and keys"
                        + " have 1 to 15.");
        assertThatThrownBy(() -> NvsValue.u8(256)).hasMessage("256 does not fit into u8, which holds 0 to 255.");
        assertThatThrownBy(() -> NvsValue.text("a\0b"))
                .hasMessage("a text with a NUL character in it cannot be stored; it would end there.");
        assertThatThrownBy(() ->
                        SETTINGS.with("a/b", NvsValue.text("x".repeat(4000))).toBytes(SIZE))
                .hasMessage("the text of \"b\" has 4000 bytes; there can be 3999.");
        assertThatThrownBy(() ->
                        SETTINGS.with("a/b", NvsValue.blob(new byte[SIZE])).toBytes(SIZE))
                .hasMessage("the settings do not fit into its 3 usable pages; give the firmware a larger NVS partition"
                        + " or fewer settings.");
        assertThatThrownBy(() -> SETTINGS.toBytes(0x2000))
                .hasMessage("it has 8192 bytes; an NVS partition has at least 3 whole pages of 4096.");
        assertThatThrownBy(() -> NvsPartition.read(Bytes.of(new byte[100])))
                .hasMessage("it has 100 bytes, which is no whole number of pages of 4096.");
    }

    @Test
    void theLongestTextThatFirmwareTakesFits() {
        NvsPartition nvs = SETTINGS.with("a/longest", NvsValue.text("x".repeat(3999)));

        assertThat(NvsPartition.read(nvs.toBytes(SIZE))).isEqualTo(nvs);
    }

    private static ByteBuffer written(NvsPartition nvs) {
        return ByteBuffer.wrap(nvs.toBytes(SIZE).toArray()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
