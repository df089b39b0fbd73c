package io.fieldloop.scenario.diagnose.capture;

/**
 * Tells a packet that was captured twice on its way through one machine, at two of its interfaces, from one that was sent twice.
 *
 * <p>A capture on {@code any} of a router, or of a host with containers, has each packet once where it came in and once where it went
 * out, and one of a mirrored port has some of them twice; counted as sent again they look like half of all packets lost.
 */
public final class Sightings {
    private static final int SLOTS = 4096;
    private static final long TOGETHER_NANOS = 20_000_000;
    private static final long COPIED_NANOS = 1_000_000;
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;
    private static final int UDP_BYTES_LOOKED_AT = 32;

    private final long[] keys = new long[SLOTS];
    private final long[] nanos = new long[SLOTS];
    private final int[] places = new int[SLOTS];

    /** How often a packet has just been seen. */
    public enum Sight {
        FIRST,
        /** At another interface of the machine. */
        ELSEWHERE,
        /** At the same one: a mirror of a switch's port has both ways of each packet, or the way doubled it. */
        COPY
    }

    /** Who sends something again in TCP gives the IP packet a new identification, and waits longer than a copy takes. */
    public Sight of(int point, Packet packet, Frame frame) {
        long key = key(point, frame);
        int place = LinkLayer.place(packet) * 31 + frame.timeToLive();
        int slot = (int) (key >>> 52) & (SLOTS - 1);
        long apart = Math.abs(packet.nanos() - nanos[slot]);
        boolean again = keys[slot] == key && apart <= TOGETHER_NANOS;
        if (again && places[slot] != place) {
            return Sight.ELSEWHERE;
        }
        if (again && frame.protocol() == Frame.TCP && frame.identification() != 0 && apart <= COPIED_NANOS) {
            return Sight.COPY;
        }
        keys[slot] = key;
        nanos[slot] = packet.nanos();
        places[slot] = place;
        return Sight.FIRST;
    }

    private static long key(int point, Frame frame) {
        Address from = frame.source();
        Address to = frame.destination();
        long key = mix(mix(mix(mix(point, from.high()), from.low()), to.high()), to.low());
        key = mix(key, (long) frame.protocol() << 32 | frame.identification());
        int at = frame.payloadAt();
        int bytes = frame.payloadBytes();
        key = mix(key, (long) frame.payloadBytesOnWire() << 32 | frame.sourcePort() << 16 | frame.destinationPort());
        if (frame.protocol() == Frame.TCP) {
            return mix(mix(key, frame.sequence()), (long) frame.acknowledgement() << 8 | frame.flags());
        }
        for (int i = 0; i < Math.min(bytes, UDP_BYTES_LOOKED_AT); i++) {
            key = mix(key, frame.bytes()[at + i]);
        }
        return key;
    }

    private static long mix(long key, long value) {
        long mixed = (key ^ value) * PRIME;
        return mixed ^ mixed >>> 29;
    }
}
