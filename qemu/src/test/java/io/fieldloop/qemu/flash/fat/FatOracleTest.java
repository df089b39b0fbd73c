package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes of ours as mtools and fsck.fat see them, and theirs as ours does. */
class FatOracleTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsTheTools() {
        assumeTrue(has("mcopy") && has("fsck.fat"), "mtools and dosfstools are not installed");
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

        String check = run("fsck.fat", "-n", "-v", image.toString());
        assertThat(check)
                .contains("4096 bytes per logical sector")
                .doesNotContain("differ")
                .doesNotContain("Invalid");
        assertThat(run("mdir", "-i", image.toString(), "-/", "-b", "::"))
                .contains("::/main.py")
                .contains("::/lib/umqtt/simple with a long name.py")
                .contains("::/Clip.OPUS")
                .contains("::/empty.txt");
        assertThat(run("mtype", "-i", image.toString(), "::/main.py")).isEqualTo("print('hello')\n");
        Path copied = folder.resolve("copied");
        run("mcopy", "-i", image.toString(), "::/Clip.OPUS", copied.toString());
        assertThat(Files.readAllBytes(copied)).isEqualTo(clip);
    }

    @Test
    void oursReadsAndChangesTheirs() throws IOException, InterruptedException {
        Path image = folder.resolve("theirs.img");
        run("mkfs.fat", "-C", "-S", "4096", "-s", "1", "-n", "VFS", image.toString(), "2048");
        Path file = folder.resolve("A longer name.txt");
        Files.writeString(file, "theirs\n");
        run("mmd", "-i", image.toString(), "::/Data");
        run("mcopy", "-i", image.toString(), file.toString(), "::/Data/A longer name.txt");

        FatVolume volume = FatVolume.read(Bytes.of(Files.readAllBytes(image)));
        assertThat(volume.files()).containsOnlyKeys("Data/A longer name.txt");
        Files.write(
                image, volume.with("Data/b.txt", Bytes.utf8("ours\n")).toBytes().toArray());

        run("fsck.fat", "-n", image.toString());
        assertThat(run("mtype", "-i", image.toString(), "::/data/a longer name.txt"))
                .isEqualTo("theirs\n");
        assertThat(run("mtype", "-i", image.toString(), "::/Data/b.txt")).isEqualTo("ours\n");
        assertThat(run("mlabel", "-s", "-i", image.toString(), "::")).contains("VFS");
    }

    private static boolean has(String tool) {
        return Stream.of("/usr/bin", "/usr/sbin", "/sbin", "/bin")
                .anyMatch(at -> Files.isExecutable(Path.of(at, tool)));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s said %s", List.of(command), said).isZero();
        return said;
    }
}
