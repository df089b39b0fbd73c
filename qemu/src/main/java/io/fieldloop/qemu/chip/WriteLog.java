package io.fieldloop.qemu.chip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All that was written into a flash from one moment on, so that the flash can be had as it was at any write since: the power may be lost
 * at each of them, of a story that is played once.
 */
public final class WriteLog {
    private final byte[] first;
    private final int from;
    private final int length;
    private final LongSupplier nanos;
    private final List<FlashWrite> writes = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    WriteLog(byte[] flash, int from, int length, LongSupplier nanos) {
        this.nanos = nanos;
        this.first = flash.clone();
        this.from = from;
        this.length = length;
    }

    synchronized void add(FlashWrite write) {
        writes.add(write);
        if (write.isIn(from, length)) {
            times.add(nanos.getAsLong());
        }
    }

    /** How many writes the partition has seen. */
    public synchronized int count() {
        return times.size();
    }

    /** When the partition's n-th write came, from 1. */
    public synchronized long nanosAt(int number) {
        return times.get(number - 1);
    }

    /** The partition's n-th write, from 1. */
    public synchronized FlashWrite writeAt(int number) {
        return writes.stream()
                .filter(write -> write.isIn(from, length))
                .skip(number - 1L)
                .findFirst()
                .orElseThrow();
    }

    /** The whole flash, with the power lost at the partition's n-th write, from 1; the partition has seen so many. */
    public synchronized byte[] flashAt(int number, PowerLoss loss) {
        byte[] flash = first.clone();
        int seen = 0;
        for (FlashWrite write : writes) {
            seen += write.isIn(from, length) ? 1 : 0;
            write.into(flash, seen == number ? loss : PowerLoss.AFTER);
            if (seen == number) {
                return flash;
            }
        }
        throw new IllegalArgumentException("there were " + seen + " writes, not " + number);
    }
}
