package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parsers of the reference firmware, compiled for this machine with gcc's sanitizers, which end a program that reads or writes elsewhere. */
class FirmwareParsersTest {
    private static final Path GCC = Path.of("/usr/bin/gcc");
    private static final Path FIRMWARE = Path.of("firmware");
    private static final Path LWIP = FIRMWARE.resolve("third/lwip/src/include");

    @TempDir
    private Path folder;

    @Test
    void bearWhatNoSenderShouldSend() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(GCC) && Files.isDirectory(LWIP),
                "gcc is not installed, or lwIP was not fetched (make -C qemu/firmware deps)");
        FatTools tools = new FatTools(folder);
        String program = folder.resolve("parsers").toString();
        tools.run(compiler(program));

        assertThat(tools.run(program).lines())
                .containsExactly(
                        "number " + Long.MIN_VALUE,
                        "date 1000000000000 by ota",
                        "chunks ended=1 body=0",
                        "header well-formed=0",
                        "nvs found=0",
                        "file read=0 written=1 after");
    }

    private static String[] compiler(String program) {
        List<String> command = new ArrayList<>(List.of(
                GCC.toString(),
                "-std=gnu11",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-ffunction-sections",
                "-Wl,--gc-sections",
                "-fsanitize=address,undefined",
                "-fno-sanitize-recover=all",
                "-I" + FIRMWARE.resolve("src"),
                "-I" + FIRMWARE.resolve("src/ip"),
                "-I" + FIRMWARE.resolve("host"),
                "-I" + LWIP,
                "-o",
                program,
                FIRMWARE.resolve("host/parsers.c").toString()));
        Stream.of(
                        "device/told",
                        "files/fat",
                        "files/mend",
                        "files/volume",
                        "files/window",
                        "machine/crc32",
                        "net/byte_buffer",
                        "settings/nvs",
                        "web/header_block",
                        "web/http_reader",
                        "web/json")
                .map(source -> FIRMWARE.resolve("src/" + source + ".c").toString())
                .forEach(command::add);
        return command.toArray(String[]::new);
    }
}
