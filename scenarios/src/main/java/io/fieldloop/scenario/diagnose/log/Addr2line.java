package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Evidence;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Names the addresses of a backtrace by the ELF of the build, where one of Espressif's addr2line is installed. */
final class Addr2line implements Backtrace {
    private static final List<String> XTENSA = List.of(
            "xtensa-esp-elf-addr2line",
            "xtensa-esp32s3-elf-addr2line",
            "xtensa-esp32-elf-addr2line",
            "xtensa-esp32s2-elf-addr2line");
    private static final List<String> RISC_V = List.of("riscv32-esp-elf-addr2line");
    private static final int LINES_MAX = 40;
    private static final int SECONDS_MAX = 20;

    private final Path elf;
    private final List<Path> folders;

    /** @param folders where tools may be, such as those of PATH */
    Addr2line(Path elf, List<Path> folders) {
        this.elf = elf;
        this.folders = folders;
    }

    static List<Path> foldersOfPath() {
        String path = System.getenv("PATH");
        return path == null
                ? List.of()
                : Stream.of(path.split(File.pathSeparator, -1)).map(Path::of).toList();
    }

    @Override
    public List<Evidence> of(Sighting printed, List<String> addresses, boolean riscV) {
        List<String> names = riscV ? RISC_V : XTENSA;
        Optional<Path> tool = names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (tool.isEmpty()) {
            return List.of(printed.evidence(
                    "none of " + String.join(", ", names) + " is on PATH, so the functions stay numbers; with one: "
                            + Backtrace.command(riscV, elf.toString(), addresses)));
        }
        return run(printed, tool.get(), addresses);
    }

    private List<Evidence> run(Sighting printed, Path tool, List<String> addresses) {
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-pfiaC", "-e", elf.toString()));
        command.addAll(addresses);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said;
            try (InputStream out = process.getInputStream()) {
                said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return said.lines()
                    .limit(LINES_MAX)
                    .map(line -> new Evidence(printed.line().place(), line, ""))
                    .toList();
        } catch (IOException unusable) {
            return List.of(printed.evidence(tool + " cannot be run: " + unusable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
