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

    /** Hands on the whole lines that may say something; returns where the last one, which has no end yet, begins. */
    private int cut() {
        int whole = lastLine();
        int start = 0;
        while (start < whole) {
            int found = filter.first(buffer, start, whole);
            int from = found == whole ? whole : Math.max(start, lineAt(found, start));
            number += lineEnds(start, from);
            if (from < whole) {
                int to = endOf(found);
                line(from, to);
                start = to + 1;
            } else {
                start = whole;
            }
        }
        return whole;
    }

    private int lastLine() {
        int at = filled;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private int lineAt(int found, int start) {
        int at = found;
        while (at > start && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private int endOf(int found) {
        int at = found;
        while (buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private int lineEnds(int from, int to) {
        int ends = 0;
        for (int i = from; i < to; i++) {
            ends += buffer[i] == '\n' ? 1 : 0;
        }
        return ends;
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
