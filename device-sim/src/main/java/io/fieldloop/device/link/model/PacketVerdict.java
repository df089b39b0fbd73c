package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.DropReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What the link does to one frame.
 *
 * @param lostTo why it does not arrive; null when it does
 * @param atNanos when it arrives
 * @param duplicated whether it arrives twice
 * @param flippedAt which bit of a datagram's payload is flipped, from 0 for the first to 1; {@link #INTACT} for none
 * @param promotedNanos how long it waited for the radio it woke; 0 when it woke none
 * @param handoverNanos how long it waited for a handover
 * @param resumedNanos when that was over
 */
public record PacketVerdict(
        @Nullable DropReason lostTo,
        long atNanos,
        boolean duplicated,
        double flippedAt,
        long promotedNanos,
        long handoverNanos,
        long resumedNanos) {
    /** Of a datagram that arrives as it was sent. */
    public static final double INTACT = -1;

    /** Does to a datagram's payload what becomes of it on the way; whether that was something. */
    public boolean corrupt(ByteBuf payload) {
        int bits = payload.readableBytes() * Byte.SIZE;
        if (flippedAt < 0 || bits == 0) {
            return false;
        }
        int bit = (int) (flippedAt * bits);
        int at = payload.readerIndex() + bit / Byte.SIZE;
        payload.setByte(at, payload.getByte(at) ^ (0x80 >> bit % Byte.SIZE));
        return true;
    }

    static PacketVerdict lost(DropReason reason) {
        return new PacketVerdict(reason, 0, false, INTACT, 0, 0, 0);
    }
}
