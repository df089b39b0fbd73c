package io.fieldloop.qemu.link;

import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.LinkedConnection;
import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.netty.buffer.ByteBuf;

/** One TCP connection over the link: who its ends are, how far they have come, and what the link has done to it. */
final class TcpFlow {
    private final long connection;
    private final FlowKey key;
    private final PortMap.Place place;
    private final TcpSide upstream;
    private final TcpSide downstream;
    private final TcpEnds toNetwork;
    private final TcpEnds toDevice;
    private final LinkedConnection life;
    private final long sinceNanos;
    private boolean opened;
    private boolean over;

    /** A connection whose first segment is in {@code frame}; {@code key} has the far end that the device sees. */
    TcpFlow(long connection, FlowKey key, PortMap.Place place, Direction direction, Frame frame, LinkState link) {
        this.connection = connection;
        this.key = key;
        this.place = place;
        this.upstream = new TcpSide(new PacketSequence(link.seed(), connection, Direction.UPSTREAM));
        this.downstream = new TcpSide(new PacketSequence(link.seed(), connection, Direction.DOWNSTREAM));
        this.sinceNanos = link.nanoTime();
        this.life = new LinkedConnection(link.radio(), link::emit, connection, sinceNanos);
        life.opening(sinceNanos);
        toDevice = direction == Direction.DOWNSTREAM
                ? TcpEnds.like(frame, key.remotePort(), key.devicePort())
                : TcpEnds.like(frame, key.devicePort(), key.remotePort()).back();
        toNetwork = toDevice.back().to(place.address(), place.port());
    }

    long connection() {
        return connection;
    }

    FlowKey key() {
        return key;
    }

    /** What is behind the far end that the device connected to. */
    PortMap.Place place() {
        return place;
    }

    TcpSide side(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    /** What the link does with the connection's segments. */
    LinkedConnection life() {
        return life;
    }

    /** Whether the device knows that the connection is established. */
    boolean isOpened() {
        return opened;
    }

    void opened() {
        opened = true;
        life.opened();
    }

    /** Whether both ends know that the connection is over. */
    boolean isOver() {
        return over;
    }

    void over() {
        over = true;
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
