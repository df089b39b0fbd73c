package io.fieldloop.qemu.runner;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that keeps what came from UART0, byte for byte; a machine that is started again goes on in it. */
final class ConsoleLog implements AutoCloseable {
    private final Path path;
    private final FileChannel file;

    private ConsoleLog(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    static ConsoleLog open(Path path) {
        try {
            return new ConsoleLog(path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException failed) {
            throw new EmulationException(
                    "the console's log " + path + " cannot be written (" + failed.getMessage()
                            + "); choose another directory.",
                    failed);
        }
    }

    Path path() {
        return path;
    }

    /** Leaves the buffer as it is. */
    void write(ByteBuf bytes) {
        try {
            bytes.getBytes(bytes.readerIndex(), file, file.position(), bytes.readableBytes());
        } catch (IOException diskFull) {
            // The console itself goes on; the log is evidence, not what the run depends on.
            close();
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException nothingToDo) {
            return;
        }
    }
}
