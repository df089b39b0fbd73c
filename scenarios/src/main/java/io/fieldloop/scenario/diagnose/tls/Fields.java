package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.capture.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fields of a handshake message one after the other; what is not there is {@link CutOff}, which a reader catches once. */
final class Fields {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** The message is shorter than its own fields say. */
    static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1;

        CutOff() {
            super("a field is cut off", null, false, false);
        }
    }

    Fields(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean isOver() {
        return at >= end;
    }

    int u8() {
        return Octets.u8(bytes, take(1));
    }

    int u16() {
        return Octets.u16(bytes, take(2));
    }

    int u24() {
        return Octets.u24(bytes, take(3));
    }

    byte[] octets(int length) {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** The next bytes as fields of their own. */
    Fields part(int length) {
        int from = take(length);
        return new Fields(bytes, from, from + length);
    }

    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        while (end - at >= 2) {
            numbers.add(u16());
        }
        return numbers;
    }

    private int take(int length) {
        if (length > end - at) {
            throw new CutOff();
        }
        int from = at;
        at += length;
        return from;
    }
}
