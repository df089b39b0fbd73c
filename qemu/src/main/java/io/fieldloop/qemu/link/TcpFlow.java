package io.fieldloop.qemu.link;

import io.fieldloop.device.link.model.Mapping;
import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.model.RadioModel;
import io.fieldloop.device.link.model.UpgradeSniffer;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.netty.buffer.ByteBuf;

/** One TCP connection over the link: who its ends are, how far they have come, and what the link has done to it. */
final class TcpFlow {
    /** What the link does with the connection's segments. */
    enum State {
        /** Passes them, and what its profile says happens to them. */
        ALIVE,
        /** Swallows them. */
        BLACKHOLED,
        /** Meets them as the NAT meets what it does not know. */
        FORGOTTEN,
        /** Answers each with a reset. */
        RESET,
        /** Has ended the connection itself, and acknowledges what still comes. */
        FINISHED
    }

    private final long connection;
    private final FlowKey key;
    private final int actualPort;
    private final TcpSide upstream;
    private final TcpSide downstream;
    private final TcpEnds toNetwork;
    private final TcpEnds toDevice;
    private final Mapping mapping;
    private final UpgradeSniffer sniffer = new UpgradeSniffer();
    private final long sinceNanos;
    private State state = State.ALIVE;
    private boolean opened;
    private boolean over;
    private boolean cut;

    /** A connection whose first segment is in {@code frame}; {@code key} has the port that the device sees. */
    TcpFlow(
            long connection,
            FlowKey key,
            int actualPort,
            Direction direction,
            Frame frame,
            long seed,
            RadioModel radio,
            long now) {
        this.connection = connection;
        this.key = key;
        this.actualPort = actualPort;
        this.upstream = new TcpSide(new PacketSequence(seed, connection, Direction.UPSTREAM));
        this.downstream = new TcpSide(new PacketSequence(seed, connection, Direction.DOWNSTREAM));
        this.mapping = new Mapping(radio, now);
        this.sinceNanos = now;
        if (direction == Direction.UPSTREAM) {
            toNetwork = TcpEnds.like(frame, key.devicePort(), actualPort);
            toDevice = toNetwork.back(key.remotePort(), key.devicePort());
        } else {
            toDevice = TcpEnds.like(frame, key.remotePort(), key.devicePort());
            toNetwork = toDevice.back(key.devicePort(), actualPort);
        }
    }

    long connection() {
        return connection;
    }

    FlowKey key() {
        return key;
    }

    /** The port behind the one that the device connected to. */
    int actualPort() {
        return actualPort;
    }

    boolean isPortMapped() {
        return actualPort != key.remotePort();
    }

    TcpSide side(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    Mapping mapping() {
        return mapping;
    }

    UpgradeSniffer sniffer() {
        return sniffer;
    }

    State state() {
        return state;
    }

    boolean isAlive() {
        return state == State.ALIVE;
    }

    void enter(State next) {
        state = next;
    }

    /** Whether the device knows that the connection is established. */
    boolean isOpened() {
        return opened;
    }

    void opened() {
        opened = true;
    }

    /** Whether both ends know that the connection is over. */
    boolean isOver() {
        return over;
    }

    void over() {
        over = true;
    }

    /** Whether the profile's cut has happened to it. */
    boolean isCut() {
        return cut;
    }

    void cut() {
        cut = true;
    }

    long elapsedNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    /** A frame that goes in that direction, as if from the other end. */
    ByteBuf frame(Direction direction, int flags, int sequence, int acknowledged, byte... payload) {
        TcpEnds ends = direction == Direction.UPSTREAM ? toNetwork : toDevice;
        return ends.frame(flags, sequence, acknowledged, payload);
    }
}
