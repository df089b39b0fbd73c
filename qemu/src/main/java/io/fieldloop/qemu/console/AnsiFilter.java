package io.fieldloop.qemu.console;

/**
 * Recognises terminal control sequences (ECMA-48) byte by byte: colours, cursor movements, window titles.
 *
 * <p>A sequence that never ends would swallow the rest of the log, so one is given up at the end of the line or after a bounded number
 * of bytes.
 */
final class AnsiFilter {

    private enum Stage {
        /** Ordinary text. */
        TEXT,
        /** ESC was the last byte. */
        ESCAPE,
        /** Inside {@code ESC [ ... }, up to a byte from @ to ~. */
        CONTROL,
        /** Inside {@code ESC ] ... }, up to BEL or the next ESC. */
        COMMAND
    }

    private static final int ESC = 0x1B;
    private static final int BEL = 0x07;
    private static final int SEQUENCE_BYTES_MAX = 256;

    private Stage stage = Stage.TEXT;
    private int bytes;

    /** Whether the byte belongs to a sequence and is not to be shown. */
    boolean swallows(int octet) {
        boolean endOfLine = octet == '\n' || octet == '\r';
        if (endOfLine || ++bytes > SEQUENCE_BYTES_MAX) {
            reset();
        }
        if (octet == ESC) {
            enter(Stage.ESCAPE);
            return true;
        }
        switch (stage) {
            case TEXT -> {
                bytes = 0;
                return false;
            }
            case ESCAPE -> enter(octet == '[' ? Stage.CONTROL : octet == ']' ? Stage.COMMAND : afterEscape(octet));
            case CONTROL -> enter(octet >= 0x40 && octet <= 0x7E ? Stage.TEXT : Stage.CONTROL);
            case COMMAND -> enter(octet == BEL ? Stage.TEXT : Stage.COMMAND);
        }
        return true;
    }

    /** {@code ESC ( B} and the like have intermediate bytes; anything else is two bytes long. */
    private static Stage afterEscape(int octet) {
        return octet >= 0x20 && octet <= 0x2F ? Stage.ESCAPE : Stage.TEXT;
    }

    private void enter(Stage next) {
        stage = next;
    }

    void reset() {
        stage = Stage.TEXT;
        bytes = 0;
    }
}
