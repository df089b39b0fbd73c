package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.diagnose.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backtrace gets names where the tool is installed, and the command where it is not. */
class Addr2lineTest {
    private static final Sighting PRINTED = new Sighting(
            SignTable.bundled().signs().get(0),
            new ConsoleLine(7, ConsoleLine.UNTIMED, "", "", "Backtrace: 0x4200a1af:0x3fcb1230", "Backtrace: ..."),
            Map.of());

    @TempDir
    private Path folder;

    @Test
    void withoutTheToolTheCommandIsTold() {
        List<Evidence> told =
                new Addr2line(Path.of("my.elf"), List.of(folder)).of(PRINTED, List.of("0x4200a1af"), true);

        assertThat(told).hasSize(1);
        assertThat(told.get(0).says())
                .startsWith("none of riscv32-esp-elf-addr2line is on PATH")
                .endsWith("riscv32-esp-elf-addr2line -pfiaC -e my.elf 0x4200a1af");
    }

    @Test
    void whatTheToolSaysIsShown() throws IOException {
        Path tool = Files.writeString(
                folder.resolve("xtensa-esp32-elf-addr2line"), "#!/bin/sh\necho \"$*: app_main at main.c:12\"\n");
        assumeTrue(tool.toFile().setExecutable(true), "no scripts can be run here");

        assertThat(new Addr2line(Path.of("my.elf"), List.of(folder)).of(PRINTED, List.of("0x4200a1af"), false))
                .containsExactly(new Evidence("line 7", "-pfiaC -e my.elf 0x4200a1af: app_main at main.c:12", ""));
    }
}
