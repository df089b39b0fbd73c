package io.fieldloop.qemu.flash.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference firmware's files, compiled for this machine, cut off a hundred times; fsck.fat looks at the volume after each. */
class FileCutsTest {
    private static final Path GCC = Path.of("/usr/bin/gcc");
    private static final Path FIRMWARE = Path.of("firmware");
    private static final String NOTHING_LOST = "cuts=[1-9]\\d* lost=0\n";
    private static final String SOMETHING_LOST = "cuts=[1-9]\\d* lost=[1-9]\\d*\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheTools() {
        FatTools.assumeInstalled();
        assumeTrue(Files.isExecutable(GCC), "gcc is not installed");
    }

    /** Sectors as on lx60, 512 bytes of a block, and as on esp32. */
    @ParameterizedTest
    @CsvSource({
        "turns, 512, true",
        "turns, 4096, true",
        "rename, 512, false",
        "rewrite, 512, false",
        "rewrite, 4096, false"
    })
    void loseTheirSettingsInTheWaysThatDo(String way, String sectorBytes, boolean safe)
            throws IOException, InterruptedException {
        FatTools tools = new FatTools(folder);
        String program = folder.resolve("file_cuts").toString();
        tools.run(compiler(program));
        assertThat(tools.run(
                        program,
                        way,
                        sectorBytes,
                        "7",
                        "100",
                        folder.resolve("volume").toString()))
                .containsPattern(safe ? NOTHING_LOST : SOMETHING_LOST);
    }

    private static String[] compiler(String program) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                GCC.toString(),
                "-std=gnu11",
                "-Wall",
                "-Werror",
                "-fsanitize=address,undefined",
                "-I" + FIRMWARE.resolve("src"),
                "-o",
                program));
        try (Stream<Path> files = Files.list(FIRMWARE.resolve("src/files"))) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".c"))
                    .sorted()
                    .forEach(command::add);
        }
        for (String source : List.of("host/file_cuts.c", "src/settings/settings_file.c", "src/machine/crc32.c")) {
            command.add(FIRMWARE.resolve(source).toString());
        }
        return command.toArray(String[]::new);
    }
}
