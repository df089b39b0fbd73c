package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FatVolumeTest {
    private static final int TWO_MIB = 2 << 20;

    private final FatVolume empty = FatVolume.empty(TWO_MIB);

    @Test
    void anEmptyVolumeIsAsFatFsFormatsFlash() {
        Bytes bytes = empty.toBytes();

        assertThat(bytes.slice(11, 15).hex())
                .isEqualTo(
                        "0010" // bytes per sector: 4096
                                + "01" // sectors per cluster
                                + "0100" // reserved sectors
                                + "01" // tables
                                + "0002" // places in the root: 512
                                + "0002" // sectors: 512
                                + "f8" // fixed disk
                                + "0100" // sectors per table
                                + "3f00"); // sectors per track
        assertThat(bytes.slice(0x1000, 4).hex()).isEqualTo("f8ffff00"); // the table's two reserved entries
        assertThat(empty.kind()).isEqualTo("FAT12");
        assertThat(FatVolume.read(bytes).files()).isEmpty();
    }

    @Test
    void aShortNameInLowerCaseIsOneEntryAsFatFsWritesIt() {
        Bytes bytes = empty.with("main.py", Bytes.utf8("print(1)\n")).toBytes();

        assertThat(bytes.slice(0x2000, 64).hex())
                .isEqualTo("4d41494e20202020" + "505920" // MAIN PY
                        + "20" // archive
                        + "18" // both parts in lower case
                        + "00" + "0000" + "2100" // created on 1980-01-01
                        + "2100" // accessed
                        + "0000"
                        + "0000" + "2100" // changed
                        + "0200" // first cluster
                        + "09000000" // bytes
                        + "00".repeat(32));
        assertThat(bytes.slice(0x1000, 6).hex()).isEqualTo("f8ffff" + "ff0f00");
        assertThat(bytes.slice(0x6000, 9).text()).isEqualTo("print(1)\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main.py",
                "BOOT.PY",
                "Readme.txt",
                "no extension",
                ".hidden",
                "a.b.c.json",
                "isrg-root-x1.pem",
                "thirteenchars",
                "grün 你好 😀.txt",
                "lib/umqtt/simple.py",
                "x"
            })
    void keepsNamesAndContents(String path) {
        Bytes contents = Bytes.utf8("contents of " + path);

        FatVolume read = FatVolume.read(empty.with(path, contents).toBytes());

        assertThat(read.files()).containsOnlyKeys(path).containsEntry(path, contents);
        assertThat(read.get(path.toUpperCase(Locale.ROOT))).contains(contents);
    }

    @Test
    void addsToWhatIsThereAndReplacesWhatHasTheName() {
        FatVolume before = empty.with("boot.py", Bytes.utf8("old"))
                .with("lib/a.py", Bytes.utf8("a"))
                .with("Settings.json", Bytes.utf8("{}"));

        FatVolume after = FatVolume.read(before.toBytes())
                .with("/lib/b.py", Bytes.utf8("b"))
                .with("BOOT.py", Bytes.utf8("new"));

        assertThat(FatVolume.read(after.toBytes()).files())
                .containsOnlyKeys("Settings.json", "boot.py", "lib/a.py", "lib/b.py")
                .containsEntry("boot.py", Bytes.utf8("new"));
        assertThat(before.get("boot.py")).contains(Bytes.utf8("old"));
    }

    @Test
    void theSameFilesGiveTheSameBytes() {
        assertThat(empty.with("a", Bytes.utf8("1")).toBytes())
                .isEqualTo(empty.with("a", Bytes.utf8("1")).toBytes());
    }

    @Test
    void keepsLongNamesApartThatShortenToTheSame() {
        FatVolume volume = empty;
        for (int i = 0; i < 30; i++) {
            volume = volume.with("recording-" + i + ".opus", Bytes.utf8("clip " + i));
        }

        FatVolume read = FatVolume.read(volume.toBytes());

        assertThat(read.files()).hasSize(30);
        assertThat(read.get("recording-29.opus")).contains(Bytes.utf8("clip 29"));
    }

    @Test
    void aLargePartitionIsFat16() {
        FatVolume volume = FatVolume.empty(24 << 20);
        byte[] clip = new byte[3 << 20];
        new Random(4).nextBytes(clip);

        Bytes bytes = volume.with("clip.opus", Bytes.of(clip)).toBytes();

        assertThat(volume.kind()).isEqualTo("FAT16");
        assertThat(FatVolume.read(bytes).get("clip.opus")).contains(Bytes.of(clip));
    }

    @Test
    void holdsFilesUpToItsLastClusterAndSaysWhenThatIsPassed() {
        int clusters = 512 - 6; // boot sector, table, four sectors of root
        FatVolume full =
                empty.with("a", Bytes.of(new byte[(clusters - 1) * 4096])).with("b", Bytes.of(new byte[4096]));

        assertThat(FatVolume.read(full.toBytes()).files()).hasSize(2);
        assertThatThrownBy(() -> full.with("c", Bytes.of(new byte[1])).toBytes())
                .isInstanceOf(FatException.class)
                .hasMessage("the files do not fit: there are 506 clusters of 4096 bytes.");
    }

    @Test
    void theRootHoldsAsManyAsItHasPlacesFor() {
        FatVolume volume = empty;
        for (int i = 0; i < 513; i++) {
            volume = volume.with("f" + i, Bytes.of());
        }
        FatVolume full = volume;

        assertThatThrownBy(full::toBytes)
                .hasMessage(
                        "there are more files in the root folder than its 512 places hold; put them into a folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "../x", "con:1", "tail.", "tail ", "tab\there"})
    void refusesNamesThatFatHasNot(String path) {
        assertThatThrownBy(() -> empty.with(path, Bytes.of()))
                .isInstanceOf(FatException.class)
                .hasMessageContaining("is no name for a file on FAT");
    }

    @Test
    void refusesAFileWhereAFolderIsAndTheOtherWayRound() {
        FatVolume volume = empty.with("lib/a.py", Bytes.of());

        assertThatThrownBy(() -> volume.with("lib", Bytes.of()))
                .hasMessage("\"lib\" is a folder; a file cannot have its name.");
        assertThatThrownBy(() -> volume.with("lib/a.py/x", Bytes.of()))
                .hasMessage("\"lib/a.py/x\" leads through \"a.py\", which is a file.");
    }

    @Test
    void namesTheDamageInAVolume() {
        byte[] twice = empty.with("a", Bytes.utf8("1"))
                .with("b", Bytes.utf8("2"))
                .toBytes()
                .toArray();
        twice[0x2000 + 32 + 26] = 2; // b begins in a's cluster
        byte[] nowhere = empty.with("a", Bytes.utf8("1")).toBytes().toArray();
        nowhere[0x2000 + 27] = 0x40;
        byte[] tooLong = empty.with("a", Bytes.utf8("1")).toBytes().toArray();
        tooLong[0x2000 + 29] = 0x20;
        byte[] tooLarge = empty.toBytes().toArray();
        tooLarge[20] = 0x10;

        assertThatThrownBy(() -> FatVolume.read(Bytes.of(twice)))
                .hasMessage("cluster 2 is used twice, the second time by /b.");
        assertThatThrownBy(() -> FatVolume.read(Bytes.of(nowhere)))
                .hasMessage("the clusters of /a lead to 16386, which is none.");
        assertThatThrownBy(() -> FatVolume.read(Bytes.of(tooLong)))
                .hasMessage("/a is said to have 8193 bytes, but its clusters hold 4096.");
        assertThatThrownBy(() -> FatVolume.read(Bytes.of(tooLarge)))
                .hasMessage(
                        "its boot sector counts 4096 sectors of 4096 bytes, more than the 0x200000 bytes there are.");
        assertThatThrownBy(() -> FatVolume.read(Bytes.of(new byte[TWO_MIB])))
                .hasMessage("there is no FAT boot sector.");
    }

    @Test
    void randomDamageNeverEndsInAnythingButAFatException() {
        byte[] sound = empty.with("lib/long name.py", Bytes.of(new byte[9000]))
                .with("main.py", Bytes.utf8("x"))
                .toBytes()
                .toArray();
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = sound.clone();
            for (int i = 0; i < 40; i++) {
                damaged[random.nextInt(0x8000)] = (byte) random.nextInt();
            }
            damaged[random.nextInt(64)] = (byte) random.nextInt();
            try {
                assertThat(FatVolume.read(Bytes.of(damaged)).files()).isNotNull();
            } catch (FatException expected) {
                assertThat(expected.getMessage()).as("round %d", round).isNotEmpty();
            }
        }
    }
}
