package io.fieldloop.scenario.diagnose.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a file that is in memory: whoever asks for the next bytes gets them in one piece, and nothing is copied twice. */
final class Window implements Closeable {
    private static final int BYTES = 1 << 20;

    private final InputStream in;
    private byte[] bytes = new byte[BYTES];
    private int from;
    private int to;
    private long passed;

    Window(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many bytes of the file have been taken. */
    long position() {
        return passed + from;
    }

    /** Where the next {@code length} bytes begin in {@link #bytes}, or -1 where the file ends before; takes nothing. */
    int peek(int length) throws IOException {
        if (to - from < length) {
            fill(length);
        }
        return to - from < length ? -1 : from;
    }

    /** As {@link #peek}, and takes them. */
    int take(int length) throws IOException {
        int at = peek(length);
        from += at < 0 ? 0 : length;
        return at;
    }

    /** Bytes that are in the file but fewer than were asked for. */
    int left() {
        return to - from;
    }

    private void fill(int length) throws IOException {
        passed += from;
        if (length > bytes.length) {
            bytes = Arrays.copyOfRange(bytes, from, from + Math.max(length, BYTES));
        } else {
            System.arraycopy(bytes, from, bytes, 0, to - from);
        }
        to -= from;
        from = 0;
        for (int read = 0; to < length && read >= 0; to += Math.max(0, read)) {
            read = in.read(bytes, to, bytes.length - to);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
