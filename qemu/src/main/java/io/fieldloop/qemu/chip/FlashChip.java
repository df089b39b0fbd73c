package io.fieldloop.qemu.chip;

import io.fieldloop.qemu.machine.MachineException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A machine's flash chip, kept in memory and served to its QEMU over a Unix socket (NBD).
 *
 * <p>QEMU hands over each program and erase before the firmware's next instruction and waits for the answer, for a CFI chip as for an
 * SPI one; a power cut is an answer that never comes. What is in the chip outlives its QEMU.
 */
public final class FlashChip implements AutoCloseable {
    private final byte[] flash;
    private final Path socket;
    private final ServerSocketChannel server;
    private @Nullable WriteLog log;
    private @Nullable Cut cut;

    /** Where power is to be lost, and who takes it away then. */
    private static final class Cut {
        final int from;
        final int length;
        final PowerLoss loss;
        final Consumer<FlashWrite> off;
        int left;

        Cut(int from, int length, int number, PowerLoss loss, Consumer<FlashWrite> off) {
            this.from = from;
            this.length = length;
            this.left = number;
            this.loss = loss;
            this.off = off;
        }
    }

    private FlashChip(byte[] flash, Path socket, ServerSocketChannel server) {
        this.flash = flash;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @param content what is in it at first
     * @param socket where; its path must be short, as those of all sockets
     */
    public static FlashChip serve(byte[] content, Path socket) {
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            FlashChip chip = new FlashChip(content.clone(), socket, server);
            new DefaultThreadFactory("flash-chip", true).newThread(chip::accept).start();
            return chip;
        } catch (IOException failed) {
            throw new MachineException("the flash chip cannot be served at " + socket + " (" + failed.getMessage()
                    + "); make room among the temporary files, or name another place with -Djava.io.tmpdir.");
        }
    }

    /** The file name under which QEMU finds it ({@code -drive file=}). */
    public String drive() {
        return "nbd+unix:///?socket=" + socket.toString().replace(",", ",,");
    }

    /** Takes the power at the n-th program or erase from now on, counted from 1, that changes a partition; nothing is written any more then. */
    public synchronized void losePower(int from, int length, int number, PowerLoss loss, Consumer<FlashWrite> off) {
        cut = new Cut(from, length, number, loss, off);
    }

    /** How many writes are still to come until the power goes; 0 when it is gone, or was never to go. */
    public synchronized int writesLeft() {
        return cut == null ? 0 : cut.left;
    }

    /** Puts another content of the same size into it; its machine is off. */
    public synchronized void load(byte[] content) {
        System.arraycopy(content, 0, flash, 0, flash.length);
    }

    /**
     * From now on every write is kept.
     *
     * @param nanos tells the time of each
     */
    public synchronized WriteLog record(int from, int length, LongSupplier nanos) {
        WriteLog begun = new WriteLog(flash, from, length, nanos);
        log = begun;
        return begun;
    }

    synchronized int size() {
        return flash.length;
    }

    synchronized byte[] read(int offset, int length) {
        return Arrays.copyOfRange(flash, offset, offset + length);
    }

    /** Whether there is power after it. */
    synchronized boolean write(int offset, byte[] bytes) {
        FlashWrite write = FlashWrite.of(flash, offset, bytes);
        if (write == null) {
            return true;
        }
        Cut awaited = cut;
        boolean counts = awaited != null && write.isIn(awaited.from, awaited.length);
        if (awaited != null && counts && --awaited.left == 0) {
            cut = null;
            write.into(flash, awaited.loss);
            awaited.off.accept(write);
            return false;
        }
        write.into(flash, PowerLoss.AFTER);
        if (log != null) {
            log.add(write);
        }
        return true;
    }

    private void accept() {
        while (server.isOpen()) {
            serveNext();
        }
    }

    /** One machine after the other. */
    private void serveNext() {
        try (SocketChannel machine = server.accept()) {
            new NbdSession(this, machine).run();
        } catch (IOException gone) {
            // The machine is off, or the chip is no longer served.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException left) {
            // It lies in the machine's folder, which goes next.
            return;
        }
    }
}
