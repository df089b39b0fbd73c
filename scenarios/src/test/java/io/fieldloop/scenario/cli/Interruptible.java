package io.fieldloop.scenario.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes that Ctrl-C stops, also from where it is ignored: a shell without job control makes what it runs in the background
 * ignore SIGINT (POSIX, "Asynchronous Lists"), children inherit that, and a JVM keeps to it.
 */
final class Interruptible {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long SIGINT_BIT = 1L << 1;

    private Interruptible() {}

    static ProcessBuilder command(List<String> words) throws IOException {
        List<String> all = new ArrayList<>(isSigintIgnored() ? List.of("env", "--default-signal=INT") : List.of());
        all.addAll(words);
        return new ProcessBuilder(all);
    }

    private static boolean isSigintIgnored() throws IOException {
        return Files.exists(STATUS)
                && Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
    }
}
