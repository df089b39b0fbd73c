package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** mtools and dosfstools, which know FAT otherwise than we do. */
record FatTools(Path folder) {
    static void assumeInstalled() {
        assumeTrue(has("mcopy") && has("fsck.fat"), "mtools and dosfstools are not installed");
    }

    private static boolean has(String tool) {
        return Stream.of("/usr/bin", "/usr/sbin", "/sbin", "/bin")
                .anyMatch(at -> Files.isExecutable(Path.of(at, tool)));
    }

    /** What it said; its success is asked for. */
    String run(String... command) throws IOException, InterruptedException {
        int status = statusOf(command);
        String said = Files.readString(output(), StandardCharsets.UTF_8);
        assertThat(status).as("%s said %s", List.of(command), said).isZero();
        return said;
    }

    /** What {@code fsck.fat} has to say against a volume; nothing where it is sound. */
    String complaints(Path image) throws IOException, InterruptedException {
        return statusOf("fsck.fat", "-n", image.toString()) == 0 ? "" : Files.readString(output());
    }

    private int statusOf(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    private Path output() {
        return folder.resolve("output");
    }
}
