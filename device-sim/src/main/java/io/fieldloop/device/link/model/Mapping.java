package io.fieldloop.device.link.model;

import java.time.Duration;

/** What the operator's NAT knows of one connection: since which generation of its memory, and when it was last used. */
public final class Mapping {
    private final RadioModel radio;
    private long generation;
    private long lastPacketNanos;

    public Mapping(RadioModel radio, long nowNanos) {
        this.radio = radio;
        open(nowNanos);
    }

    /** The connection starts now. */
    public void open(long nowNanos) {
        generation = radio.mappingGeneration(nowNanos);
        lastPacketNanos = nowNanos;
    }

    /** A packet has gone by. */
    public void touch(long nowNanos) {
        lastPacketNanos = nowNanos;
    }

    /** Whether the NAT has forgotten all it knew since the connection started. */
    public boolean isStale(long nowNanos) {
        return generation != radio.mappingGeneration(nowNanos);
    }

    /** Whether the NAT no longer knows the connection; {@code idleMax} of zero is for ever. */
    public boolean isForgotten(Duration idleMax, long nowNanos) {
        return isStale(nowNanos) || (!idleMax.isZero() && idleNanos(nowNanos) > idleMax.toNanos());
    }

    /** How long it has been since the last packet. */
    public long idleNanos(long nowNanos) {
        return nowNanos - lastPacketNanos;
    }
}
