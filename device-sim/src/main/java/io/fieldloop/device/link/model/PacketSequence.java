package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Direction;

/**
 * One direction of a flow, as chance and order see it: packets are numbered in the order they are offered, and what is
 * drawn for one depends on seed, flow, direction and number alone. So what one flow meets does not depend on what others
 * send in between.
 */
public final class PacketSequence {
    private final Draws draws;
    private final LossModel losses;
    private long packets;
    private long lastArrivalNanos = Long.MIN_VALUE;

    public PacketSequence(long seed, long flow, Direction direction) {
        draws = new Draws(seed, flow, direction);
        losses = new LossModel(draws);
    }

    Draws draws() {
        return draws;
    }

    LossModel losses() {
        return losses;
    }

    /** The number of the packet that comes now, from 0. */
    long next() {
        return packets++;
    }

    /** When a packet arrives that would be there at {@code nanos}: not before the one ahead of it. */
    long inOrder(long nanos) {
        lastArrivalNanos = Math.max(lastArrivalNanos, nanos);
        return lastArrivalNanos;
    }
}
