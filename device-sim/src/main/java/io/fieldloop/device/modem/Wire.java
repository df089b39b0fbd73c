package io.fieldloop.device.modem;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One direction of a UART, 8N1 without flow control: what is sent arrives in order after its time on the wire.
 *
 * <p>Bytes are the characters of a string, one each (ISO 8859-1). What is sent at another speed than the receiver's arrives as nothing.
 */
public final class Wire {

    private static final int BITS_PER_BYTE = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private record Piece(String bytes, int baud) {}

    private final LateTimers timers;
    private final IntSupplier senderBaud;
    private final IntSupplier receiverBaud;
    private final Consumer<String> receiver;
    private final Queue<Piece> underWay = new ArrayDeque<>();
    private long freeNanos;

    public Wire(LateTimers timers, IntSupplier senderBaud, IntSupplier receiverBaud, Consumer<String> receiver) {
        this.timers = timers;
        this.senderBaud = senderBaud;
        this.receiverBaud = receiverBaud;
        this.receiver = receiver;
        this.freeNanos = timers.nanoTime();
    }

    public void send(String bytes) {
        int baud = senderBaud.getAsInt();
        long now = timers.nanoTime();
        freeNanos = Math.max(now, freeNanos) + (long) bytes.length() * BITS_PER_BYTE * NANOS_PER_SECOND / baud;
        underWay.add(new Piece(bytes, baud));
        timers.schedule(this::arrive, freeNanos - now);
    }

    /** Timers of a busy machine may come in another order than they were set; bytes on a wire do not. */
    private void arrive() {
        Piece next = underWay.remove();
        if (receiverBaud.getAsInt() == next.baud()) {
            receiver.accept(next.bytes());
        }
    }
}
