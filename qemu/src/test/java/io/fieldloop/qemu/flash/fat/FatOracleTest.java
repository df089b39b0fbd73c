package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes of ours as mtools and fsck.fat see them, and theirs as ours does. */
class FatOracleTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private FatTools tools;

    @BeforeAll
    static void needsTheTools() {
        FatTools.assumeInstalled();
    }

    @BeforeEach
    void inThisFolder() {
        tools = new FatTools(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 24})
    void theirToolsReadOurs(int mebibytes) throws IOException, InterruptedException {
        byte[] clip = new byte[100_000];
        clip[99_999] = 1;
        Path image = folder.resolve("ours.img");
        FatVolume volume = FatVolume.empty(mebibytes * MIB)
                .with("main.py", Bytes.utf8("print('hello')\n"))
                .with("lib/umqtt/simple with a long name.py", Bytes.utf8("pass\n"))
                .with("Clip.OPUS", Bytes.of(clip))
                .with("empty.txt", Bytes.of());
        Files.write(image, volume.toBytes().toArray());

        String check = tools.run("fsck.fat", "-n", "-v", image.toString());
        assertThat(check)
                .contains("4096 bytes per logical sector")
                .doesNotContain("differ")
                .doesNotContain("Invalid");
        assertThat(tools.run("mdir", "-i", image.toString(), "-/", "-b", "::"))
                .contains("::/main.py")
                .contains("::/lib/umqtt/simple with a long name.py")
                .contains("::/Clip.OPUS")
                .contains("::/empty.txt");
        assertThat(tools.run("mtype", "-i", image.toString(), "::/main.py")).isEqualTo("print('hello')\n");
        Path copied = folder.resolve("copied");
        tools.run("mcopy", "-i", image.toString(), "::/Clip.OPUS", copied.toString());
        assertThat(Files.readAllBytes(copied)).isEqualTo(clip);
    }

    @Test
    void oursReadsAndChangesTheirs() throws IOException, InterruptedException {
        Path image = folder.resolve("theirs.img");
        tools.run("mkfs.fat", "-C", "-S", "4096", "-s", "1", "-n", "VFS", image.toString(), "2048");
        Path file = folder.resolve("A longer name.txt");
        Files.writeString(file, "theirs\n");
        tools.run("mmd", "-i", image.toString(), "::/Data");
        tools.run("mcopy", "-i", image.toString(), file.toString(), "::/Data/A longer name.txt");

        FatVolume volume = FatVolume.read(Bytes.of(Files.readAllBytes(image)));
        assertThat(volume.files()).containsOnlyKeys("Data/A longer name.txt");
        Files.write(
                image, volume.with("Data/b.txt", Bytes.utf8("ours\n")).toBytes().toArray());

        tools.run("fsck.fat", "-n", image.toString());
        assertThat(tools.run("mtype", "-i", image.toString(), "::/data/a longer name.txt"))
                .isEqualTo("theirs\n");
        assertThat(tools.run("mtype", "-i", image.toString(), "::/Data/b.txt")).isEqualTo("ours\n");
        assertThat(tools.run("mlabel", "-s", "-i", image.toString(), "::")).contains("VFS");
    }
}
