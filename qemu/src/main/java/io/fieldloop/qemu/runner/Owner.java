package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.OwnsWallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that started a machine and must end it.
 *
 * @param startedMillis tells it apart from a later process with the same number
 * @param namespace of the process numbers: another container's processes cannot be seen from here
 */
public record Owner(long pid, long startedMillis, String namespace) {

    public static Owner current() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(self.pid(), startedMillis(self), currentNamespace());
    }

    /** Reads what {@link #toString} wrote. */
    public static Optional<Owner> parse(String text) {
        String[] words = text.strip().split(" ", -1);
        try {
            return words.length == 3
                    ? Optional.of(new Owner(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]))
                    : Optional.empty();
        } catch (NumberFormatException notAnOwner) {
            return Optional.empty();
        }
    }

    /** True only where it is certain. */
    public boolean isGone() {
        return namespace.equals(currentNamespace())
                && ProcessHandle.of(pid)
                        .filter(handle -> handle.isAlive() && startedMillis(handle) == startedMillis)
                        .isEmpty();
    }

    @OwnsWallClock("a process is known by when it was started")
    private static long startedMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String currentNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException noSuchThing) {
            return "pid";
        }
    }

    @Override
    public String toString() {
        return pid + " " + startedMillis + " " + namespace;
    }
}
