package io.fieldloop.qemu.runner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make check} of the reference firmware, with a QEMU that never gets ready and hears no SIGTERM. */
@Tag("qemu")
final class MakeCheckTest {
    private static final Path FIRMWARE = Path.of("firmware");

    @TempDir
    Path folder;

    /** Whoever reads its output would wait for that QEMU otherwise: for ever. */
    @Test
    void endsOnSigtermAndLeavesItsOutputToNobody() throws Exception {
        assumeTrue(Files.exists(FIRMWARE.resolve("out/lx60.elf")), "no reference firmware: make -C qemu/firmware");
        Path began = folder.resolve("began");
        Path deaf = Files.writeString(
                folder.resolve("deaf"), "#!/bin/sh\ntrap '' TERM\n: > " + began + "\nexec sleep 60\n");
        assumeTrue(deaf.toFile().setExecutable(true), "no place for programs among the temporary files");
        Process make = new ProcessBuilder("make", "-s", "check", "-o", "out/lx60.elf", "QEMU=" + deaf)
                .directory(FIRMWARE.toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> text(make));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(began));

        make.toHandle().destroy(); // the process itself would close what is read

        assertThat(printed.get(15, SECONDS)).contains("check");
        assertThat(make.waitFor(15, SECONDS)).isTrue();
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }
}
