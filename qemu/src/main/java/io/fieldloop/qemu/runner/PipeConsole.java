package io.fieldloop.qemu.runner;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A console that is a pair of named pipes.
 *
 * <p>QEMU writes each byte by itself. Of such bytes a socket takes 277. Espressif's QEMU loses what a full socket does not take, which is
 * lines of panics; and a recording for which QEMU had to wait cannot be replayed (seen: "Missing character write event in the replay
 * log"). A pipe takes 65536. Both ends are opened for reading and writing, which on
 * Linux never waits for QEMU.
 */
final class PipeConsole {
    private static final int POLL_MILLIS = 5;
    private static final int CHUNK_BYTES = 8192;
    private static final int MAKE_SECONDS_MAX = 10;

    /** What a pipe of Linux takes (pipe(7)); with less room than a byte's page left, a byte may have found none. */
    private static final int FULL_BYTES = 65536 - 4096;

    private final EventLoop loop;
    private final RandomAccessFile toMachine;
    private final RandomAccessFile fromMachine;
    private final FileInputStream reader;
    private @Nullable Consumer<ByteBuf> listener;
    private Runnable whenFull = () -> {};
    private @Nullable Future<?> polling;

    private PipeConsole(EventLoop loop, RandomAccessFile toMachine, RandomAccessFile fromMachine) throws IOException {
        this.loop = loop;
        this.toMachine = toMachine;
        this.fromMachine = fromMachine;
        reader = new FileInputStream(fromMachine.getFD());
    }

    /** Makes the pipes; before QEMU starts. */
    static void make(Path console) {
        try {
            Process mkfifo = new ProcessBuilder(
                            "mkfifo", in(console).toString(), out(console).toString())
                    .start();
            if (!mkfifo.waitFor(MAKE_SECONDS_MAX, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
                mkfifo.destroyForcibly();
                throw new EmulationException(
                        "the pipes " + console + ".in and .out cannot be made; a machine's console needs"
                                + " a file system that has named pipes for temporary files.");
            }
        } catch (IOException missing) {
            throw new EmulationException(
                    "a machine's console needs the program mkfifo, which does not start (" + missing.getMessage()
                            + ").",
                    missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EmulationException("interrupted while the console's pipes were made.", stopped);
        }
    }

    static Path in(Path console) {
        return console.resolveSibling(console.getFileName() + ".in");
    }

    static Path out(Path console) {
        return console.resolveSibling(console.getFileName() + ".out");
    }

    static PipeConsole open(EventLoop loop, Path console) {
        try {
            return new PipeConsole(
                    loop,
                    new RandomAccessFile(in(console).toFile(), "rw"),
                    new RandomAccessFile(out(console).toFile(), "rw"));
        } catch (IOException gone) {
            throw new EmulationException("the console's pipes cannot be opened (" + gone.getMessage() + ").", gone);
        }
    }

    /**
     * From now on: {@code bytes} hears them in order and on the machine's event loop, from where this is called, and does not keep the
     * buffer; {@code full} is told when nobody has read for so long that bytes may be missing.
     */
    void hear(Consumer<ByteBuf> bytes, Runnable full) {
        listener = bytes;
        whenFull = full;
        polling = loop.scheduleAtFixedRate(this::poll, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void poll() {
        Consumer<ByteBuf> ears = listener;
        if (ears == null) {
            return;
        }
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            if (reader.available() >= FULL_BYTES) {
                whenFull.run();
            }
            while (reader.available() > 0) {
                int length = reader.read(chunk, 0, Math.min(chunk.length, reader.available()));
                ears.accept(Unpooled.wrappedBuffer(chunk, 0, length));
            }
        } catch (IOException closed) {
            listener = null;
        }
    }

    /** On any thread and at any time; what comes too late is dropped. */
    void write(String text) {
        try {
            toMachine.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // What is sent after the end is dropped.
            return;
        }
    }

    /** Hears the rest of a QEMU that is gone, and closes; called on the machine's event loop. */
    void drain() {
        poll();
        if (polling != null) {
            polling.cancel(false);
        }
        listener = null;
        try {
            toMachine.close();
            fromMachine.close();
        } catch (IOException nothingToDo) {
            return;
        }
    }
}
