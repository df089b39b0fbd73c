package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import java.time.Duration;

/** The datagrams between one pair of ends: chance, order, and what the operator's NAT knows of them. */
public final class DatagramFlow {
    private final LinkState link;
    private final long connection;
    private final PacketSequence upstream;
    private final PacketSequence downstream;
    private final Mapping mapping;
    private long generation;
    private boolean forgotten;

    /**
     * A flow that begins now.
     *
     * @param number what is drawn for its packets goes by it
     * @param connection its ordinal in events; 0 for none
     */
    public DatagramFlow(LinkState link, long number, long connection) {
        this.link = link;
        this.connection = connection;
        this.upstream = new PacketSequence(link.seed(), number, Direction.UPSTREAM);
        this.downstream = new PacketSequence(link.seed(), number, Direction.DOWNSTREAM);
        this.mapping = new Mapping(link.radio(), link.nanoTime());
        this.generation = link.radio().datagramGeneration();
    }

    public PacketSequence sequence(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    /** What the NAT does with a packet that comes now. */
    public Nat meetNat(Direction direction) {
        long now = link.nanoTime();
        Nat met = Nat.KNOWN;
        if (mapping.isForgotten(link.profile().nat().udpIdleMax(), now)
                || generation != link.radio().datagramGeneration()) {
            if (!forgotten) {
                link.emit(new LinkEvent.NatExpired(
                        connection,
                        Duration.ofNanos(mapping.idleNanos(now)),
                        link.profile().nat().expiry()));
            }
            forgotten = direction == Direction.DOWNSTREAM;
            if (forgotten) {
                return Nat.FORGOTTEN;
            }
            mapping.open(now);
            generation = link.radio().datagramGeneration();
            met = Nat.MADE_ANEW;
        }
        mapping.touch(now);
        return met;
    }

    /** What the NAT does with a datagram. */
    public enum Nat {
        /** Lets it through. */
        KNOWN,
        /** Lets it through as the first of a new mapping, which the far side sees as another source port. */
        MADE_ANEW,
        /** Drops it: it comes from outside, and there is no mapping any more. */
        FORGOTTEN
    }
}
