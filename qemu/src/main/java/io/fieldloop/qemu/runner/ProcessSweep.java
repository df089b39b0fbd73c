package io.fieldloop.qemu.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends machines whose owner was killed, and removes what they left among the temporary files. */
public final class ProcessSweep {
    private static final int END_SECONDS_MAX = 5;

    private ProcessSweep() {}

    public static void run() {
        for (ControlDirectory orphan : ControlDirectory.orphans()) {
            ProcessHandle.allProcesses()
                    .filter(process -> isMachine(process, orphan.marker()))
                    .forEach(ProcessSweep::end);
            orphan.deleteAll();
        }
    }

    private static boolean isMachine(ProcessHandle process, String marker) {
        try {
            String[] arguments = Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1);
            return List.of(arguments).contains(marker);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        process.destroyForcibly();
        try {
            exit.get(END_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException stubborn) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
