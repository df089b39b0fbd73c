package io.fieldloop.qemu.console;

/** Decodes UTF-8 byte by byte into text that can be shown: what is no printable character appears as {@code \xNN}. */
final class VisibleUtf8 {

    private static final String HEX = "0123456789abcdef";

    private final int charsMax;
    private final StringBuilder text = new StringBuilder();
    private final byte[] pending = new byte[4];
    private int pendingBytes;
    private int expectedBytes;
    private long dropped;

    VisibleUtf8(int charsMax) {
        this.charsMax = charsMax;
    }

    boolean isEmpty() {
        return text.length() == 0 && pendingBytes == 0;
    }

    void add(int octet) {
        if (pendingBytes > 0 && (octet & 0xC0) != 0x80) {
            escapePending();
        }
        if (pendingBytes > 0) {
            pending[pendingBytes++] = (byte) octet;
            if (pendingBytes == expectedBytes) {
                decodePending();
            }
        } else if (octet < 0x80) {
            addAscii(octet);
        } else {
            expectedBytes = lengthOf(octet);
            if (expectedBytes == 0) {
                escape(octet);
            } else {
                pending[pendingBytes++] = (byte) octet;
            }
        }
    }

    /** The line so far; the next one begins. */
    String take() {
        escapePending();
        String line = dropped == 0 ? text.toString() : text + " … (" + dropped + " more)";
        text.setLength(0);
        text.trimToSize();
        dropped = 0;
        return line;
    }

    private void addAscii(int octet) {
        if (octet == '\t' || (octet >= 0x20 && octet < 0x7F)) {
            append(String.valueOf((char) octet));
        } else {
            escape(octet);
        }
    }

    /** Length of the sequence that a first byte announces, 0 when it is none (RFC 3629). */
    private static int lengthOf(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    }

    private void decodePending() {
        int codePoint = pending[0] & (0x7F >> expectedBytes);
        for (int i = 1; i < expectedBytes; i++) {
            codePoint = codePoint << 6 | (pending[i] & 0x3F);
        }
        if (isShortest(codePoint) && isPrintable(codePoint)) {
            pendingBytes = 0;
            append(Character.toString(codePoint));
        } else {
            escapePending();
        }
    }

    private boolean isShortest(int codePoint) {
        return switch (expectedBytes) {
            case 3 -> codePoint >= 0x800;
            case 4 -> codePoint >= 0x10000 && codePoint <= Character.MAX_CODE_POINT;
            default -> true;
        };
    }

    /** Surrogates, C1 controls, line separators and characters that turn the writing direction are no part of a line. */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private void escapePending() {
        int bytes = pendingBytes;
        pendingBytes = 0;
        for (int i = 0; i < bytes; i++) {
            escape(pending[i] & 0xFF);
        }
    }

    private void escape(int octet) {
        append("\\x" + HEX.charAt(octet >> 4) + HEX.charAt(octet & 0xF));
    }

    private void append(String visible) {
        if (text.length() + visible.length() > charsMax) {
            dropped += visible.length();
        } else {
            text.append(visible);
        }
    }
}
