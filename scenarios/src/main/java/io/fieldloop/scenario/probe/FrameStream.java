package io.fieldloop.scenario.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a server's WebSocket frames off a connection. */
final class FrameStream {
    private static final int BYTES_MAX = 1 << 20;
    private static final int MASK_BYTES = 4;

    private final Connection connection;
    private byte[] seen;

    /** @param seen bytes that came in one piece with what was before the frames */
    FrameStream(Connection connection, byte[] seen) {
        this.connection = connection;
        this.seen = seen.clone();
    }

    /** The next frame, or null at the end of the connection. */
    @Nullable
    Frame next() throws IOException {
        if (!have(2)) {
            return null;
        }
        int length = seen[1] & 0x7F;
        int extended = length == 127 ? 8 : length == 126 ? 2 : 0;
        boolean masked = (seen[1] & 0x80) != 0;
        if (!have(2 + extended)) {
            return null;
        }
        long bytes = extended == 0 ? length : number(2, extended);
        if (bytes < 0 || bytes > BYTES_MAX) {
            throw new IOException("a frame of " + Long.toUnsignedString(bytes) + " bytes");
        }
        int start = 2 + extended + (masked ? MASK_BYTES : 0);
        int end = start + (int) bytes;
        if (!have(end)) {
            return null;
        }
        Frame frame = new Frame(seen[0] & 0x0F, Arrays.copyOfRange(seen, start, end));
        seen = Arrays.copyOfRange(seen, end, seen.length);
        return frame;
    }

    private long number(int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | (seen[i] & 0xFF);
        }
        return number;
    }

    private boolean have(int bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(seen);
        while (all.size() < bytes) {
            byte[] piece = connection.receive();
            if (piece.length == 0) {
                return false;
            }
            all.write(piece);
        }
        seen = all.toByteArray();
        return true;
    }
}
