package io.fieldloop.qemu.runner;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A QEMU that runs as a child of this process; what it says goes to a file. */
final class QemuProcess implements QemuHandle {
    private static final int DESTROY_SECONDS_MAX = 5;
    private static final int OUTPUT_BYTES_MAX = 16 * 1024;

    private final Process process;
    private final CompletableFuture<Exit> exit;

    private QemuProcess(Process process, Path output, long outputStart) {
        this.process = process;
        exit = process.onExit().thenApply(ended -> new Exit(ended.exitValue(), read(output, outputStart)));
    }

    static QemuProcess start(List<String> command, Path output) {
        try {
            long outputStart = Files.exists(output) ? Files.size(output) : 0;
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new QemuProcess(process, output, outputStart);
        } catch (IOException failed) {
            throw new EmulationException(
                    command.get(0) + " cannot be started (" + failed.getMessage() + "); name a QEMU with --qemu.",
                    failed);
        }
    }

    @Override
    public CompletableFuture<Exit> exit() {
        return exit;
    }

    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void destroy() {
        try {
            process.destroyForcibly().waitFor(DESTROY_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path output, long from) {
        try {
            byte[] all = Files.readAllBytes(output);
            int start = (int) Math.max(Math.min(from, all.length), (long) all.length - OUTPUT_BYTES_MAX);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
