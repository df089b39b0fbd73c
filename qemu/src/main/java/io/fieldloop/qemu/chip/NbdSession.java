package io.fieldloop.qemu.chip;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * The server's side of one connection of the network block device protocol: fixed newstyle handshake, simple replies, one export.
 *
 * @see <a href="https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md">the protocol</a>
 */
final class NbdSession {
    private static final long NBDMAGIC = 0x4e42444d41474943L;
    private static final long IHAVEOPT = 0x49484156454F5054L;
    private static final long OPTION_REPLY = 0x3e889045565a9L;
    private static final int FIXED_NEWSTYLE_NO_ZEROES = 3;

    private static final int OPTION_EXPORT_NAME = 1;
    private static final int OPTION_ABORT = 2;
    private static final int OPTION_GO = 7;

    private static final int REPLY_ACK = 1;
    private static final int REPLY_INFO = 3;
    private static final int REPLY_UNSUPPORTED = 0x80000001;
    private static final int HAS_FLAGS_AND_FLUSH = 5;

    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int REPLY_MAGIC = 0x67446698;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int DISCONNECT = 2;
    private static final int INVALID = 22;

    private final FlashChip chip;
    private final DataInputStream in;
    private final DataOutputStream out;

    NbdSession(FlashChip chip, SocketChannel machine) {
        this.chip = chip;
        this.in = new DataInputStream(Channels.newInputStream(machine));
        this.out = new DataOutputStream(Channels.newOutputStream(machine));
    }

    /** Serves until the machine hangs up, or the power goes. */
    void run() throws IOException {
        out.writeLong(NBDMAGIC);
        out.writeLong(IHAVEOPT);
        out.writeShort(FIXED_NEWSTYLE_NO_ZEROES);
        in.readInt();
        if (negotiate()) {
            while (transmit()) {
                out.flush();
            }
        }
    }

    /** Whether the machine wants the export. */
    private boolean negotiate() throws IOException {
        while (true) {
            in.readLong();
            int option = in.readInt();
            in.skipNBytes(in.readInt());
            switch (option) {
                case OPTION_EXPORT_NAME -> {
                    out.writeLong(chip.size());
                    out.writeShort(HAS_FLAGS_AND_FLUSH);
                    return true;
                }
                case OPTION_GO -> {
                    answer(option, REPLY_INFO, 12);
                    out.writeShort(0);
                    out.writeLong(chip.size());
                    out.writeShort(HAS_FLAGS_AND_FLUSH);
                    answer(option, REPLY_ACK, 0);
                    return true;
                }
                case OPTION_ABORT -> {
                    answer(option, REPLY_ACK, 0);
                    return false;
                }
                default -> answer(option, REPLY_UNSUPPORTED, 0);
            }
        }
    }

    private void answer(int option, int reply, int bytes) throws IOException {
        out.writeLong(OPTION_REPLY);
        out.writeInt(option);
        out.writeInt(reply);
        out.writeInt(bytes);
    }

    /** Whether there is a next request. */
    private boolean transmit() throws IOException {
        if (in.readInt() != REQUEST_MAGIC) {
            throw new EOFException("not a request");
        }
        in.readUnsignedShort();
        int type = in.readUnsignedShort();
        long handle = in.readLong();
        long offset = in.readLong();
        int length = in.readInt();
        boolean fits = offset >= 0 && length >= 0 && offset + length <= chip.size();
        if (type == DISCONNECT || (type == WRITE && !fits)) {
            return false;
        }
        if (type == WRITE && !chip.write((int) offset, in.readNBytes(length))) {
            hold();
            return false;
        }
        out.writeInt(REPLY_MAGIC);
        out.writeInt(type == READ && !fits ? INVALID : 0);
        out.writeLong(handle);
        if (type == READ && fits) {
            out.write(chip.read((int) offset, length));
        }
        return true;
    }

    /** The machine has no power and waits: no answer, not even the end of the connection, until it is gone. */
    private void hold() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }
}
