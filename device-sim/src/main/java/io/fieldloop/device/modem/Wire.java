package io.fieldloop.device.modem;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
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

    private final EventLoop loop;
    private final IntSupplier senderBaud;
    private final IntSupplier receiverBaud;
    private final Consumer<String> receiver;
    private long freeNanos;

    public Wire(EventLoop loop, IntSupplier senderBaud, IntSupplier receiverBaud, Consumer<String> receiver) {
        this.loop = loop;
        this.senderBaud = senderBaud;
        this.receiverBaud = receiverBaud;
        this.receiver = receiver;
        this.freeNanos = loop.ticker().nanoTime();
    }

    public void send(String bytes) {
        int baud = senderBaud.getAsInt();
        long now = loop.ticker().nanoTime();
        freeNanos = Math.max(now, freeNanos) + (long) bytes.length() * BITS_PER_BYTE * NANOS_PER_SECOND / baud;
        loop.schedule(() -> arrive(bytes, baud), freeNanos - now, TimeUnit.NANOSECONDS);
    }

    private void arrive(String bytes, int baud) {
        if (receiverBaud.getAsInt() == baud) {
            receiver.accept(bytes);
        }
    }
}
