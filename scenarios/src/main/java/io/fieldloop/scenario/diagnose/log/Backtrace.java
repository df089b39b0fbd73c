package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Evidence;
import java.util.List;

/** What becomes of the addresses of a backtrace: the command that names them, or the names themselves. */
@FunctionalInterface
interface Backtrace {
    List<Evidence> of(Sighting printed, List<String> addresses, boolean riscV);

    /** The command, for a person who has the ELF. */
    static Backtrace command() {
        return (printed, addresses, riscV) ->
                List.of(printed.evidence("functions and lines: " + command(riscV, "build/PROJECT.elf", addresses)));
    }

    static String command(boolean riscV, String elf, List<String> addresses) {
        return tool(riscV) + " -pfiaC -e " + elf + " " + String.join(" ", addresses);
    }

    /** ESP-IDF 5's name; older ones have the chip in it, such as {@code xtensa-esp32s3-elf-addr2line}. */
    static String tool(boolean riscV) {
        return riscV ? "riscv32-esp-elf-addr2line" : "xtensa-esp-elf-addr2line";
    }
}
