package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Reads a log of any size, and makes text only of the lines that the filter lets through. */
final class LogLines {
    private static final int PIECE_BYTES = 1 << 18;

    private final LineFilter filter;
    private final Lines lines;
    private byte[] buffer = new byte[PIECE_BYTES];
    private int filled;
    private int number;

    /** Told of each line that may say something. */
    @FunctionalInterface
    interface Lines {
        void line(int number, String text, BitSet candidates);
    }

    LogLines(LineFilter filter, Lines lines) {
        this.filter = filter;
        this.lines = lines;
    }

    /** Returns how many lines there are. */
    int read(InputStream log) throws IOException {
        for (int length = log.read(buffer, filled, buffer.length - filled);
                length >= 0;
                length = log.read(buffer, filled, buffer.length - filled)) {
            filled += length;
            int rest = cut();
            System.arraycopy(buffer, rest, buffer, 0, filled - rest);
            filled -= rest;
            if (filled == buffer.length) {
                line(0, filled); // nobody writes lines of this length
                filled = 0;
            }
        }
        if (filled > 0) {
            line(0, filled);
        }
        return number;
    }

    /** Hands on the whole lines; returns where the next one begins. */
    private int cut() {
        int start = 0;
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == '\n') {
                line(start, i);
                start = i + 1;
            }
        }
        return start;
    }

    private void line(int from, int to) {
        number++;
        BitSet candidates = filter.candidates(buffer, from, to);
        if (candidates.isEmpty()) {
            return;
        }
        BitSet kept = candidates;
        ConsoleLines text = new ConsoleLines(one -> lines.line(number, one, kept));
        text.feed(ByteBuffer.wrap(Arrays.copyOfRange(buffer, from, to)), 0);
        text.end();
    }
}
