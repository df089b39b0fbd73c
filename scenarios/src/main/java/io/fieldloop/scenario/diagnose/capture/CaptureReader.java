package io.fieldloop.scenario.diagnose.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture file from its beginning to its end, a packet at a time, in memory that does not grow with the file.
 *
 * <p>Classic pcap in both byte orders with micro- and nanoseconds, pcapng, and either of them in gzip. A file that ends in the
 * middle of a packet, as one that is still being written, is read up to there.
 */
public final class CaptureReader implements Closeable {
    private static final int GZIP = 0x1F8B;
    private static final int MAGIC_BYTES = 4;
    private static final String EXPECTED =
            "expected a file of tcpdump, dumpcap or Wireshark, pcap or pcapng, as it is or in gzip";

    private final String name;
    private final Window window;
    private final Blocks blocks;
    private final Packet packet = new Packet();

    private CaptureReader(String name, Window window, Blocks blocks) {
        this.name = name;
        this.window = window;
        this.blocks = blocks;
    }

    /**
     * Opens a file and looks at its first bytes.
     *
     * @throws CaptureException where it is not there, is none, or begins damaged
     */
    public static CaptureReader open(Path file) throws CaptureException {
        try {
            return of(file.toString(), Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new CaptureException(file + ": there is no such file; " + EXPECTED + ".");
        } catch (AccessDeniedException e) {
            throw new CaptureException(file + ": reading it is not permitted; " + EXPECTED + ".");
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /** As {@link #open}, from a stream that this reader closes. */
    public static CaptureReader of(String name, InputStream bytes) throws CaptureException {
        try {
            Window window = new Window(plain(bytes));
            int at = window.peek(MAGIC_BYTES);
            if (at < 0) {
                throw new CaptureException(name + ": the file "
                        + (window.left() == 0 ? "is empty" : "ends after " + window.left() + " bytes") + "; " + EXPECTED
                        + ".");
            }
            int magic = Octets.i32(window.bytes(), at);
            if (magic == PcapngBlocks.SECTION) {
                return new CaptureReader(name, window, new PcapngBlocks(window));
            }
            if (PcapRecords.isMagic(magic)) {
                return new CaptureReader(name, window, PcapRecords.open(window));
            }
            throw new CaptureException(name + ": no capture begins with the bytes "
                    + String.format(Locale.ROOT, "%08x", magic) + "; " + EXPECTED + ".");
        } catch (CaptureException e) {
            throw e;
        } catch (Damage e) {
            throw new CaptureException(name + ": " + e.getMessage() + ".");
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputStream plain(InputStream bytes) throws IOException {
        BufferedInputStream peeked = new BufferedInputStream(bytes, 1 << 16);
        peeked.mark(2);
        int first = peeked.read();
        int second = peeked.read();
        peeked.reset();
        return (first << 8 | second) == GZIP ? new GZIPInputStream(peeked, 1 << 16) : peeked;
    }

    /**
     * The next packet, or null at the end; it is the same object each time.
     *
     * @throws CaptureException where the file is damaged
     */
    public @Nullable Packet next() throws CaptureException {
        try {
            return blocks.next(packet) ? packet : null;
        } catch (Damage e) {
            throw new CaptureException(name + ": " + e.getMessage() + ", after " + packet.number()
                    + " packets; what comes behind it cannot be found.");
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** The TLS secrets read since this was last asked, as lines of a key log; they stand before the packets they are for. */
    public String newSecrets() {
        return blocks.newSecrets();
    }

    /** Whether the file ended in the middle of a packet. */
    public boolean isCutOff() {
        return blocks.isCutOff();
    }

    private static CaptureException unreadable(String name, IOException e) {
        return new CaptureException(name + ": the file cannot be read: " + e.getMessage() + ".");
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
