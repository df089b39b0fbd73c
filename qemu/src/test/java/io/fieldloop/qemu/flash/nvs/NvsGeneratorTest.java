package io.fieldloop.qemu.flash.nvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what Espressif's esp-idf-nvs-partition-gen 0.2.0 writes for the same settings, byte for byte. */
class NvsGeneratorTest {
    // Of: websocket,namespace,, / url,data,string,ws://10.0.2.2:8000/xiaozhi/v1/ / version,data,i32,2
    private static final String FIRST_PLACES =
            // page header
            "feffffff" // state: active
                    + "00000000" // sequence number
                    + "fe" // format version 2
                    + "ffffffffffffffffffffffffffffffffffffff" // unused
                    + "842dbab9" // CRC of the 24 bytes before it, without the state
                    // two bits for each place: four written (10), the others empty (11)
                    + "aa"
                    + "ff".repeat(31)
                    // namespace
                    + "00" // namespace 0: the list of namespaces
                    + "01" // u8
                    + "01" // takes one place
                    + "ff" // no chunk
                    + "8019e6fc" // CRC of the other 28 bytes
                    + "776562736f636b657400000000000000" // "websocket"
                    + "01ffffffffffffff" // its number: 1
                    // string
                    + "01" // namespace 1
                    + "21" // string
                    + "02" // takes two places
                    + "ff"
                    + "936359eb"
                    + "75726c00000000000000000000000000" // "url"
                    + "1f00" // 31 bytes with the NUL
                    + "ffff"
                    + "73d14c43" // CRC of the 31 bytes
                    + "77733a2f2f31302e302e322e323a383030302f7869616f7a68692f76312f00" // the text
                    + "ff" // the rest of its place
                    // number
                    + "01"
                    + "14" // i32
                    + "01"
                    + "ff"
                    + "70992dba"
                    + "76657273696f6e000000000000000000" // "version"
                    + "02000000ffffffff"; // 2

    @Test
    void writesEveryFieldWhereTheFormatHasIt() {
        Bytes partition = NvsPartition.empty()
                .with("websocket/url", NvsValue.text("ws://10.0.2.2:8000/xiaozhi/v1/"))
                .with("websocket/version", NvsValue.i32(2))
                .toBytes(0x3000);

        byte[] first = HexFormat.of().parseHex(FIRST_PLACES);
        assertThat(partition.slice(0, first.length).hex()).isEqualTo(FIRST_PLACES);
        assertThat(partition.slice(first.length, 0x3000 - first.length).isErased())
                .isTrue();
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                vector("every type", 0x4000, NvsGeneratorTest::everyType, "b0c252048c00ae0b110fe4df9b95592c"),
                vector(
                        "60 texts over three pages",
                        0x8000,
                        NvsGeneratorTest::texts,
                        "5a956b6df80f4c308e29fe3edc9ac426"),
                vector(
                        "300 numbers over three pages",
                        0x4000,
                        NvsGeneratorTest::numbers,
                        "7c99192260e15b5840c5e9c4d6022ec4"),
                vector(
                        "blob over two pages",
                        0x4000,
                        nvs -> blob(nvs, "big", 5000, true),
                        "b9a00dd7a699e96708baa12741b4efc1"),
                vector(
                        "blob that fills its page",
                        0x4000,
                        nvs -> blob(nvs, "exact", 124 * 32, true),
                        "e03fe4406e38a90e4ce7534b26d4c6a3"),
                vector(
                        "blob whose index takes the last place",
                        0x4000,
                        nvs -> blob(nvs, "almost", 123 * 32, true),
                        "83d81d39b38b895f90f824ee50c89a80"),
                vector(
                        "blob that begins in the last place",
                        0x4000,
                        NvsGeneratorTest::blobInTheLastPlace,
                        "6adb58a30a32567c0800ca075365baeb"),
                vector(
                        "blob of nothing",
                        0x4000,
                        nvs -> blob(nvs, "nothing", 0, false),
                        "bff53ae9cfaba8aa5b0d1d1cae12640a"),
                vector("long texts", 0x5000, NvsGeneratorTest::longTexts, "50ade2e77a7844d0ec842bec54be665e"));
    }

    private static Arguments vector(String what, int size, UnaryOperator<NvsPartition> settings, String sha256) {
        return Arguments.of(what, size, settings.apply(NvsPartition.empty()), sha256);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void writesWhatEspressifsGeneratorWrites(String what, int size, NvsPartition settings, String sha256Begin) {
        Bytes written = settings.toBytes(size);

        assertThat(sha256(written)).as(what).startsWith(sha256Begin);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void readsBackWhatItWrote(String what, int size, NvsPartition settings, String sha256Begin) {
        assertThat(NvsPartition.read(settings.toBytes(size)))
                .as(what + " " + sha256Begin)
                .isEqualTo(settings);
    }

    private static NvsPartition everyType(NvsPartition nvs) {
        return nvs.with("websocket/url", NvsValue.text("ws://10.0.2.2:8000/xiaozhi/v1/"))
                .with("websocket/token", NvsValue.text("field-token"))
                .with("websocket/version", NvsValue.i32(2))
                .with("numbers/u8", NvsValue.u8(255))
                .with("numbers/i8", number(NvsType.I8, "-128"))
                .with("numbers/u16", number(NvsType.U16, "65535"))
                .with("numbers/i16", number(NvsType.I16, "-32768"))
                .with("numbers/u32", number(NvsType.U32, "4294967295"))
                .with("numbers/i32", NvsValue.i32(Integer.MIN_VALUE))
                .with("numbers/u64", number(NvsType.U64, "18446744073709551615"))
                .with("numbers/i64", number(NvsType.I64, "-9223372036854775808"))
                .with("numbers/calib", NvsValue.blob((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5));
    }

    private static NvsValue number(NvsType type, String value) {
        return new NvsValue.Numeric(type, new BigInteger(value));
    }

    private static NvsPartition texts(NvsPartition empty) {
        NvsPartition nvs = empty;
        for (int i = 1; i <= 60; i++) {
            nvs = nvs.with(String.format("texts/key%02d", i), NvsValue.text("x".repeat(i * 5)));
        }
        return nvs;
    }

    private static NvsPartition numbers(NvsPartition empty) {
        NvsPartition nvs = empty;
        for (int namespace = 0; namespace < 3; namespace++) {
            for (int i = 0; i < 100; i++) {
                nvs = nvs.with(String.format("n%d/k%03d", namespace, i), NvsValue.i32(-i));
            }
        }
        return nvs;
    }

    private static NvsPartition blob(NvsPartition empty, String key, int size, boolean withNumberAfter) {
        NvsPartition nvs = empty.with("b/" + key, NvsValue.blob(content(size)));
        return withNumberAfter ? nvs.with("b/after", NvsValue.u8(1)) : nvs;
    }

    private static NvsPartition blobInTheLastPlace(NvsPartition empty) {
        NvsPartition nvs = empty;
        for (int i = 0; i < 124; i++) {
            nvs = nvs.with(String.format("b/n%03d", i), NvsValue.u8(i));
        }
        return nvs.with("b/last", NvsValue.blob(content(40)));
    }

    private static NvsPartition longTexts(NvsPartition empty) {
        return empty.with("s/a", NvsValue.text("y".repeat(122 * 32 - 1)))
                .with("s/b", NvsValue.text("y".repeat(123 * 32 - 1)));
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 7);
        }
        return content;
    }

    private static String sha256(Bytes bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
