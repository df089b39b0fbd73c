package io.fieldloop.scenario.diagnose.websocket;

import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cuts one direction of a WebSocket into frames. */
final class FrameStream {
    private static final int KEPT_BYTES_MAX = 4096;
    private static final int HEADER_BYTES_MAX = 14;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final boolean fromClient;
    private final Consumer<Frame> frames;
    private final byte[] header = new byte[HEADER_BYTES_MAX];
    private int headerBytes;
    private boolean inPayload;
    private long left;
    private long length;
    private byte[] kept = {};
    private int keptBytes;
    private boolean over;
    private @Nullable Moment begunAt;

    public FrameStream(boolean fromClient, Consumer<Frame> frames) {
        this.fromClient = fromClient;
        this.frames = frames;
    }

    void bytes(byte[] bytes, int offset, int count, Moment at) {
        int from = offset;
        int end = offset + count;
        while (from < end && !over) {
            if (inPayload) {
                int part = (int) Math.min(left, end - from);
                int copied = Math.min(part, kept.length - keptBytes);
                System.arraycopy(bytes, from, kept, keptBytes, copied);
                keptBytes += copied;
                left -= part;
                from += part;
            } else {
                header[headerBytes++] = bytes[from++];
                if (headerBytes >= 2 && headerBytes == neededHeader()) {
                    begin(at);
                }
            }
            if (inPayload && left == 0) {
                complete(at);
            }
        }
    }

    private int neededHeader() {
        return 2 + lengthBytes() + (isMasked() ? 4 : 0);
    }

    private int lengthBytes() {
        int shortLength = header[1] & 0x7F;
        return shortLength == LENGTH_64 ? 8 : shortLength == LENGTH_16 ? 2 : 0;
    }

    private boolean isMasked() {
        return (header[1] & 0x80) != 0;
    }

    private void begin(Moment at) {
        begunAt = at;
        length = switch (lengthBytes()) {
            case 8 -> Octets.i64(header, 2);
            case 2 -> Octets.u16(header, 2);
            default -> header[1] & 0x7F;
        };
        left = length;
        inPayload = true;
        over = length < 0;
        kept = new byte[(int) Math.min(Math.max(0, length), KEPT_BYTES_MAX)];
        keptBytes = 0;
    }

    private void complete(Moment at) {
        if (isMasked()) {
            int maskAt = 2 + lengthBytes();
            for (int i = 0; i < keptBytes; i++) {
                kept[i] ^= header[maskAt + i % 4];
            }
        }
        boolean shortest = length >= (lengthBytes() == 8 ? 1L << 16 : lengthBytes() == 2 ? LENGTH_16 : 0);
        inPayload = false;
        headerBytes = 0;
        frames.accept(new Frame(
                fromClient, header[0] & 0xFF, isMasked(), shortest, length, Arrays.copyOf(kept, keptBytes), at));
    }

    int footprint() {
        return kept.length;
    }

    /** Whether a frame has begun that is not whole. */
    boolean isInFrame() {
        return inPayload || headerBytes > 0;
    }

    /** Where the header of the last frame ended. */
    @Nullable
    Moment begunAt() {
        return begunAt;
    }

    /** What the last header says of its payload's length; an unsigned number. */
    long length() {
        return length;
    }

    /** Bytes are missing: where the next frame begins is anyone's guess. */
    void stop() {
        over = true;
    }
}
