package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.profile.Cut;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.NatMapping;
import io.fieldloop.device.link.profile.PlaintextUpgrade;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when and how the link ends one connection, and reports it: cut, reset, black hole, NAT, refusing outage, blocked upgrade.
 *
 * <p>A carrier only carries out what is decided here, so that a profile ends a byte stream and a flow of frames in the same way.
 */
public final class LinkedConnection {

    /** What the operator answers a plaintext upgrade that it forbids. */
    public static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    /** What the link does with what the connection's ends send. */
    public enum State {
        /** Passes it, and what its profile says happens to it. */
        ALIVE,
        /** Swallows it. */
        BLACKHOLED,
        /** Meets it as the NAT meets what it does not know. */
        FORGOTTEN,
        /** Answers it with a reset. */
        RESET,
        /** Has ended the connection itself, and takes what still comes. */
        FINISHED
    }

    /** Tells both ends at once; what is under way is lost. */
    public interface Carrier {
        void resetBoth();

        /** Each end is told that the other will send no more. */
        void finishBoth();

        /** The device's own TCP gives up, where somebody can make it. */
        void abortDevice();
    }

    private final RadioModel radio;
    private final LinkListener listener;
    private final long ordinal;
    private final Mapping mapping;
    private final UpgradeSniffer sniffer = new UpgradeSniffer();
    private State state = State.ALIVE;
    private boolean opening;

    public LinkedConnection(RadioModel radio, LinkListener listener, long ordinal, long nowNanos) {
        this.radio = radio;
        this.listener = listener;
        this.ordinal = ordinal;
        this.mapping = new Mapping(radio, nowNanos);
    }

    public State state() {
        return state;
    }

    public boolean isAlive() {
        return state == State.ALIVE;
    }

    /** The device connects: this is what the NAT maps, and since when. */
    public void opening(long nowNanos) {
        opening = true;
        mapping.open(nowNanos);
    }

    /** The device knows that its connection is established. */
    public void opened() {
        opening = false;
    }

    /** A packet has gone by unseen. */
    public void touch(long nowNanos) {
        mapping.touch(nowNanos);
    }

    /** Whether a packet may go by unseen. */
    boolean isClear(long nowNanos) {
        return isAlive() && radio.isClear(nowNanos) && !mapping.isStale(nowNanos);
    }

    // What the link's user does.

    /** From here on nothing passes, and nobody is told. */
    public void abandon() {
        state = State.BLACKHOLED;
    }

    /** The same as a thing that happens to the connection; {@code atByte} is how many had passed, if that is why. */
    public void blackhole(@Nullable Long atByte) {
        state = State.BLACKHOLED;
        listener.onEvent(new LinkEvent.Blackholed(ordinal, atByte));
    }

    public void reset(@Nullable Long atByte, Carrier carrier) {
        state = State.RESET;
        listener.onEvent(new LinkEvent.Reset(ordinal, atByte));
        carrier.resetBoth();
    }

    // What the profile does.

    /** How many of the bytes after {@code position} pass in that direction before the connection is cut. */
    public long bytesUntilCut(Direction direction, long position) {
        Cut cut = radio.profile().cut();
        boolean applies = cut.how() != Cut.How.NONE && !cut.isTimed() && cut.direction() == direction;
        return applies ? Math.max(0, cut.atByte() - position) : Long.MAX_VALUE;
    }

    /** So many bytes have arrived, or where it goes by time so much has passed, that the profile cuts the connection. */
    public void cut(@Nullable Long atByte, Carrier carrier) {
        switch (radio.profile().cut().how()) {
            case RESET -> reset(atByte, carrier);
            case BLACKHOLE -> blackhole(atByte);
            case ABORTED -> {
                blackhole(atByte);
                carrier.abortDevice();
            }
            case FIN -> {
                state = State.FINISHED;
                listener.onEvent(new LinkEvent.Finished(ordinal, atByte));
                carrier.finishBoth();
            }
            case NONE -> {}
        }
    }

    /** What NAT and network do with a packet before the radio has its turn: they may end the connection. */
    public void meetOperator(Direction direction, long nowNanos) {
        LinkProfile profile = radio.profile();
        if (mapping.isForgotten(profile.nat().tcpIdleMax(), nowNanos)) {
            state = State.FORGOTTEN;
            Duration idle = Duration.ofNanos(mapping.idleNanos(nowNanos));
            listener.onEvent(
                    new LinkEvent.NatExpired(ordinal, idle, profile.nat().expiry()));
        } else {
            mapping.touch(nowNanos);
            if (!radio.refuses(nowNanos)) {
                return;
            }
            state = State.RESET;
        }
        if (direction == Direction.UPSTREAM && !opening && answersWithReset()) {
            listener.onEvent(new LinkEvent.Reset(ordinal, null));
        }
    }

    /** Whether whoever still sends is answered with a reset. */
    public boolean answersWithReset() {
        return state == State.RESET
                || (state == State.FORGOTTEN && radio.profile().nat().expiry() == NatMapping.Expiry.RESET);
    }

    /** Whether these bytes of the device complete a plaintext upgrade that the operator does not let through. */
    public boolean blocksUpgrade(ByteBuf sent) {
        PlaintextUpgrade policy = radio.profile().plaintextUpgrade();
        if (policy == PlaintextUpgrade.ALLOWED || sniffer.isDone() || !sniffer.recognises(sent)) {
            return false;
        }
        listener.onEvent(new LinkEvent.UpgradeBlocked(ordinal, policy));
        return true;
    }

    /** The operator has dealt with a plaintext upgrade. */
    public void upgradeBlocked() {
        state = switch (radio.profile().plaintextUpgrade()) {
            case ALLOWED -> state;
            case SWALLOWED -> State.BLACKHOLED;
            case RESET -> State.RESET;
            case FORBIDDEN -> State.FINISHED;
        };
    }
}
