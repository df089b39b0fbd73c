package io.fieldloop.scenario.diagnose.http;

import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects one head out of a stream that may break anywhere. */
final class HeadReader {
    private static final int BYTES_MAX = 64 * 1024;

    private byte[] bytes = {};
    private int length;
    private @Nullable Moment began;
    private @Nullable Moment last;

    /** Takes bytes up to the end of the head; returns how many, and {@link #head} is there once it is whole. */
    int accept(byte[] from, int offset, int count, Moment at) {
        began = began == null ? at : began;
        last = at;
        int taken = 0;
        while (taken < count && !isWhole() && length < BYTES_MAX) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(512, 2 * length));
            }
            bytes[length++] = from[offset + taken++];
        }
        return taken;
    }

    /** A blank line ends it; line feeds alone are none to a device, which looks for carriage returns, too. */
    boolean isWhole() {
        return length >= 4
                && bytes[length - 1] == '\n'
                && bytes[length - 2] == '\r'
                && bytes[length - 3] == '\n'
                && bytes[length - 4] == '\r';
    }

    int footprint() {
        return bytes.length;
    }

    boolean isBegun() {
        return length > 0;
    }

    boolean isTooLarge() {
        return length >= BYTES_MAX;
    }

    /** What there is, whole or not. */
    Head head() {
        Moment from = began == null ? new Moment(0, 0) : began;
        return Head.of(text(), from, last == null ? from : last);
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
