package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.machine.BootMedium;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Builds the tests' firmware, tiny.c, with the cross compiler; where that is missing the test is skipped. */
final class TinyFirmware {
    private static final String COMPILER = "xtensa-lx106-elf-gcc";

    private TinyFirmware() {}

    static BootMedium.Kernel in(Path directory, String commandLine) throws IOException, InterruptedException {
        assumeProgram(COMPILER);
        Path elf = directory.resolve("tiny.elf");
        Process compiler = new ProcessBuilder(
                        COMPILER,
                        "-Os",
                        "-ffreestanding",
                        "-nostdlib",
                        "-mtext-section-literals",
                        "-mlongcalls",
                        "-Wl,--no-warn-rwx-segments",
                        "-T",
                        copied("tiny.ld", directory),
                        "-o",
                        elf.toString(),
                        copied("tiny.c", directory))
                .inheritIO()
                .start();
        assertThat(compiler.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).isZero();
        return new BootMedium.Kernel(elf, commandLine);
    }

    /** Skips the test where that program is not on PATH. */
    static void assumeProgram(String name) {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))),
                name + " is not installed");
    }

    private static String copied(String resource, Path directory) throws IOException {
        Path copy = directory.resolve(resource);
        try (InputStream source = TinyFirmware.class.getResourceAsStream(resource)) {
            Files.write(copy, source.readAllBytes());
        }
        return copy.toString();
    }
}
