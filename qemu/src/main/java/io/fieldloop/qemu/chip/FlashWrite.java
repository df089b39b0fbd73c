package io.fieldloop.qemu.chip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One program or erase, from its first byte that changes to its last. */
public final class FlashWrite {
    /** A byte's upper half: a cell that is programmed or erased is neither for a while, and bits settle one by one. */
    private static final int SETTLED_BITS = 0xf0;

    private final int offset;
    private final byte[] before;
    private final byte[] after;

    private FlashWrite(int offset, byte[] before, byte[] after) {
        this.offset = offset;
        this.before = before;
        this.after = after;
    }

    /** What changes when these bytes are put there; null if nothing does. */
    static @Nullable FlashWrite of(byte[] flash, int offset, byte[] written) {
        int first = Arrays.mismatch(flash, offset, offset + written.length, written, 0, written.length);
        if (first < 0) {
            return null;
        }
        int last = written.length - 1;
        while (flash[offset + last] == written[last]) {
            last--;
        }
        return new FlashWrite(
                offset + first,
                Arrays.copyOfRange(flash, offset + first, offset + last + 1),
                Arrays.copyOfRange(written, first, last + 1));
    }

    /** Where in the flash. */
    public int offset() {
        return offset;
    }

    /** How many bytes. */
    public int length() {
        return after.length;
    }

    /** Whether it touches these bytes of the flash. */
    boolean isIn(int from, int length) {
        return offset < from + length && from < offset + after.length;
    }

    /** Puts into the flash what is there when the power goes. */
    void into(byte[] flash, PowerLoss loss) {
        switch (loss) {
            case BEFORE -> System.arraycopy(before, 0, flash, offset, before.length);
            case TORN -> {
                int half = after.length / 2;
                System.arraycopy(after, 0, flash, offset, half);
                flash[offset + half] = (byte) ((before[half] & ~SETTLED_BITS) | (after[half] & SETTLED_BITS));
            }
            case AFTER -> System.arraycopy(after, 0, flash, offset, after.length);
        }
    }
}
