package io.fieldloop.qemu.capture;

import io.fieldloop.qemu.bytes.OwnersFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pcapng file (draft-ietf-opsawg-pcapng): one section, any number of interfaces, packets with comments, and TLS
 * secrets. It knows no links; whoever has bytes and a time can use it.
 *
 * <p>A reader decrypts only what comes after a secret, and a gateway knows a secret only after the frames that agreed on
 * it have passed. So room for the secrets is kept in front of the packets, as comment lines of the key log format, and
 * filled in place (what is left of a comment line is one still); the file can be read at any time. Before a room is full
 * there is another, in front of the packets to come.
 *
 * <p>Safe for use by several threads.
 */
public final class PcapngWriter implements AutoCloseable {
    /** Ethernet frames. */
    public static final int LINKTYPE_ETHERNET = 1;

    /** IPv4 and IPv6 packets without a link layer. */
    public static final int LINKTYPE_RAW = 101;

    /** Wireshark's exported PDUs, which name the dissector they are for. */
    public static final int LINKTYPE_WIRESHARK_UPPER_PDU = 252;

    private static final int BLOCK_SECTION = 0x0A0D0D0A;
    private static final int BLOCK_INTERFACE = 1;
    private static final int BLOCK_PACKET = 6;
    private static final int BLOCK_SECRETS = 10;
    private static final int SECRETS_TLS = 0x544c534b;
    private static final int OPTION_END = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_IF_NAME = 2;
    private static final int OPTION_IF_DESCRIPTION = 3;
    private static final int OPTION_IF_TIME_RESOLUTION = 9;
    private static final int OPTION_USER_APPLICATION = 4;
    private static final int SECRETS_ROOM_BYTES = 64 * 1024;
    // Enough for the sessions that are being agreed on at one moment, of up to 1 KB each.
    private static final int SECRETS_SPARE_BYTES = 16 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int TEXT_BYTES_MAX = 8 * 1024;
    // A packet with all it may carry besides its own bytes.
    private static final int PACKET_OVERHEAD_BYTES = 64 + 2 * TEXT_BYTES_MAX;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long secretsAt;
    private int secretsBytes;
    private long nextSecretsAt;
    private int interfaces;
    private boolean closed;

    private PcapngWriter(FileChannel file, String application) throws IOException {
        this.file = file;
        int section = begin(BLOCK_SECTION);
        // Byte order, version 1.0, a section of unknown length.
        buffer.putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(OPTION_USER_APPLICATION, application);
        option(OPTION_END, null);
        end(section);
        secretsAt = addSecretsRoom();
    }

    /** Begins a file, in place of one that is there. */
    public static PcapngWriter create(Path path, String application) throws IOException {
        Files.deleteIfExists(path);
        FileChannel file = OwnersFile.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new PcapngWriter(file, application);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Describes an interface; returns its number for {@link #packet}. */
    public synchronized int addInterface(String name, String description, int linkType) throws IOException {
        makeRoom(PACKET_OVERHEAD_BYTES);
        int block = begin(BLOCK_INTERFACE);
        buffer.putShort((short) linkType).putShort((short) 0).putInt(0);
        option(OPTION_IF_NAME, name);
        option(OPTION_IF_DESCRIPTION, description);
        // Times in nanoseconds.
        buffer.putShort((short) OPTION_IF_TIME_RESOLUTION).putShort((short) 1).putInt(9);
        option(OPTION_END, null);
        end(block);
        return interfaces++;
    }

    /** Adds a packet; {@code comment} is shown beside it. */
    public void packet(int interfaceNumber, Instant at, ByteBuffer bytes, @Nullable String comment) throws IOException {
        packet(interfaceNumber, at, bytes, bytes.remaining(), comment);
    }

    /** Adds a packet that had {@code original} bytes on the wire, of which there may be fewer. */
    public synchronized void packet(
            int interfaceNumber, Instant at, ByteBuffer bytes, int original, @Nullable String comment)
            throws IOException {
        if (closed) {
            return;
        }
        int length = bytes.remaining();
        makeRoom(length + PACKET_OVERHEAD_BYTES);
        long nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        int block = begin(BLOCK_PACKET);
        buffer.putInt(interfaceNumber).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        buffer.putInt(length).putInt(original).put(bytes);
        pad();
        if (comment != null) {
            option(OPTION_COMMENT, comment);
            option(OPTION_END, null);
        }
        end(block);
    }

    /** Adds a line in NSS key log format, such as {@code CLIENT_RANDOM …}, that decrypts packets of this file. */
    public synchronized void tlsSecret(String keyLogLine) throws IOException {
        byte[] line = (keyLogLine.strip() + "\n").getBytes(StandardCharsets.US_ASCII);
        if (closed) {
            return;
        }
        if (secretsBytes + line.length > SECRETS_ROOM_BYTES) {
            secretsAt = nextSecretsAt;
            secretsBytes = 0;
            nextSecretsAt = 0;
        }
        writeFully(ByteBuffer.wrap(line), secretsAt + secretsBytes);
        secretsBytes += line.length;
        if (nextSecretsAt == 0 && SECRETS_ROOM_BYTES - secretsBytes < SECRETS_SPARE_BYTES) {
            nextSecretsAt = addSecretsRoom();
        }
    }

    /** Puts a room on disk, as it is filled behind the buffer's back; returns where it begins. */
    private long addSecretsRoom() throws IOException {
        makeRoom(SECRETS_ROOM_BYTES + PACKET_OVERHEAD_BYTES);
        int block = begin(BLOCK_SECRETS);
        buffer.putInt(SECRETS_TLS).putInt(SECRETS_ROOM_BYTES);
        long at = file.position() + buffer.position();
        for (int i = 1; i <= SECRETS_ROOM_BYTES; i++) {
            buffer.put((byte) (i % 64 == 0 ? '\n' : '#'));
        }
        end(block);
        flush();
        return at;
    }

    /** Writes what is still in memory. */
    public synchronized void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            try (file) {
                flush();
            }
        }
    }

    private void makeRoom(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        if (buffer.remaining() < bytes) {
            throw new IOException("A packet of " + bytes + " bytes is more than a capture takes.");
        }
    }

    private int begin(int type) {
        int start = buffer.position();
        buffer.putInt(type).putInt(0);
        return start;
    }

    private void end(int start) {
        int length = buffer.position() - start + 4;
        buffer.putInt(length);
        buffer.putInt(start + 4, length);
    }

    private void option(int code, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, TEXT_BYTES_MAX);
        buffer.putShort((short) code).putShort((short) length).put(bytes, 0, length);
        pad();
    }

    private void pad() {
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
