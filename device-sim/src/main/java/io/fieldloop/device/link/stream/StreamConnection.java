package io.fieldloop.device.link.stream;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.model.FlowModel;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.LinkedConnection;
import io.fieldloop.device.link.model.NameQuery;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Cut;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.PlaintextUpgrade;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One connection over the link: its two ends, its two directions, and what happens when something comes out of them. */
final class StreamConnection implements StreamPath.Ends, LinkedConnection.Carrier {
    private final StreamConnections connections;
    private final LinkState link;
    private final long ordinal;
    private final LinkedConnection life;
    private final FlowModel flow;
    private final StreamPath upstream;
    private final StreamPath downstream;
    private final DeviceEnd device;
    private final PeerEnd peer;
    private boolean halfClosureWanted;
    private boolean over;

    StreamConnection(ChannelHandlerContext context, StreamConnections connections, long ordinal) {
        this.connections = connections;
        this.link = connections.link();
        this.ordinal = ordinal;
        life = new LinkedConnection(link.radio(), link::emit, ordinal, link.nanoTime());
        flow = new FlowModel(life, link.radio(), link.seed(), ordinal);
        upstream = new StreamPath(Direction.UPSTREAM, link, life, flow, ordinal, this);
        downstream = new StreamPath(Direction.DOWNSTREAM, link, life, flow, ordinal, this);
        device = new DeviceEnd(context, link, ordinal);
        peer = new PeerEnd(context);
    }

    DeviceEnd device() {
        return device;
    }

    PeerEnd peer() {
        return peer;
    }

    StreamPath upstream() {
        return upstream;
    }

    StreamPath downstream() {
        return downstream;
    }

    // What the device's end asks.

    void connect(Signal.Open open, ChannelPromise promise) {
        halfClosureWanted = peer.takeOverHalfClosure();
        life.opening(link.nanoTime());
        device.opening(promise);
        OptionalLong fails = NameQuery.failsAfterNanos(link.profile().access().names(), flow.roundTripNanos());
        if (fails.isPresent()) {
            downstream.signalAt(
                    new Signal.Refused(new UnknownHostException("No answer to the name query")),
                    link.nanoTime() + fails.getAsLong());
            return;
        }
        if (link.isBlackholed() || link.profile().access().arp() == Access.Arp.SILENT) {
            blackhole();
        }
        upstream.signalOrDeliver(open);
    }

    void send(Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && isBlockedUpgrade(bytes)) {
            promise.trySuccess();
        } else {
            upstream.send(message, promise);
        }
    }

    /** The device closes: for it that is so at once, for the gateway when the FIN arrives. */
    void closeDeviceEnd() {
        if (!device.isGone()) {
            downstream.clear();
            upstream.signalOrDeliver(new Signal.Fin());
            device.leaveLater();
            settle();
        }
    }

    /** The device closes while nothing is in the way, so the channel itself does. */
    void closedDirectly() {
        if (!peer.isGone()) {
            Signal end = peer.closesAsReset() ? new Signal.Rst() : new Signal.Fin();
            upstream.offered(end, null);
            upstream.arrived(end);
        }
    }

    /** The device closes before its connect was answered. */
    void giveUpOpening() {
        dropAll();
        device.leaveLater();
    }

    boolean wantsHalfClosure() {
        return halfClosureWanted;
    }

    // What the gateway's end tells.

    void endPeer(Signal how) {
        if (!peer.hasEnded() && !device.isGone()) {
            peer.ended();
            downstream.signalOrDeliver(how);
        }
    }

    void peerGone() {
        peer.gone();
        upstream.clear();
        endPeer(new Signal.Fin());
        if (device.isInputShutdown()) {
            finish();
        }
        if (!device.isGone()) {
            device.holdPipeline();
        }
        settle();
    }

    // What the link does.

    void blackhole() {
        if (life.isAlive()) {
            dropAll();
            life.blackhole(null);
        }
    }

    void abandon() {
        life.abandon();
        dropAll();
        device.leave();
        peer.closeNow();
    }

    void reset() {
        if (!device.isGone() || !peer.isGone()) {
            life.reset(null, this);
        }
    }

    @Override
    public void resetBoth() {
        dropAll();
        upstream.arrived(new Signal.Rst());
        downstream.arrived(new Signal.Rst());
        device.fail(new SocketException("Connection reset"));
        peer.reset();
        settle();
    }

    @Override
    public void finishBoth() {
        dropAll();
        upstream.arrived(new Signal.Fin());
        downstream.arrived(new Signal.Fin());
        device.leave();
        peer.close();
        settle();
    }

    @Override
    public void abortDevice() {
        dropAll();
        device.fail(new SocketException("Software caused connection abort"));
        settle();
    }

    private void cutLater() {
        Cut cut = link.profile().cut();
        if (cut.isTimed()) {
            link.loop().schedule(this::cutIfOpen, cut.after().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void cutIfOpen() {
        if (life.isAlive() && !device.isGone() && !peer.isGone()) {
            life.cut(null, this);
        }
    }

    private boolean isBlockedUpgrade(ByteBuf bytes) {
        if (!life.blocksUpgrade(bytes)) {
            return false;
        }
        upstream.offered(bytes, "dropped: upgrade-blocked");
        bytes.release();
        PlaintextUpgrade policy = link.profile().plaintextUpgrade();
        if (policy == PlaintextUpgrade.FORBIDDEN) {
            downstream.send(Unpooled.copiedBuffer(LinkedConnection.FORBIDDEN, StandardCharsets.US_ASCII), null);
            downstream.signal(new Signal.Fin());
        } else if (policy == PlaintextUpgrade.RESET) {
            downstream.signal(new Signal.Rst());
        }
        if (policy != PlaintextUpgrade.SWALLOWED) {
            peer.ended();
            upstream.signal(new Signal.Rst());
        }
        life.upgradeBlocked();
        return true;
    }

    // What comes out of the two directions.

    @Override
    public void deliver(Direction direction, Segment segment) {
        if (direction == Direction.UPSTREAM) {
            deliverUpstream(segment);
        } else {
            deliverDownstream(segment.content());
        }
    }

    private void deliverUpstream(Segment segment) {
        Object content = segment.content();
        if (content instanceof Signal.Open open) {
            open(open);
        } else if (content instanceof Signal.Fin) {
            peer.close();
        } else if (content instanceof Signal.HalfFin) {
            peer.shutdownOutput();
        } else if (content instanceof Signal.Rst) {
            peer.reset();
        } else if (content instanceof Signal.CutHere here) {
            life.cut(here.atByte(), this);
        } else {
            peer.write(content, segment.promise());
        }
    }

    private void deliverDownstream(Object content) {
        if (device.isGone()) {
            ReferenceCountUtil.release(content);
        } else if (content instanceof Signal.Opened) {
            life.opened();
            cutLater();
            device.opened();
        } else if (content instanceof Signal.Refused refused) {
            device.refused(refused.cause());
        } else if (content instanceof Signal.Fin) {
            finish();
        } else if (content instanceof Signal.Rst) {
            device.fail(new SocketException("Connection reset"));
            settle();
        } else if (content instanceof Signal.CutHere here) {
            life.cut(here.atByte(), this);
        } else {
            device.read(content);
        }
    }

    @Override
    public void delivered(Direction direction) {
        if (direction == Direction.UPSTREAM) {
            peer.flush();
        } else {
            device.completeReads();
        }
    }

    @Override
    public void hold(Direction direction, boolean held) {
        if (direction == Direction.UPSTREAM) {
            peer.setWritable(!held);
        } else {
            peer.setQueueFull(held);
        }
    }

    @Override
    public void resetSender(Direction direction, long atNanos) {
        if (direction == Direction.DOWNSTREAM) {
            upstream.signalAt(new Signal.Rst(), atNanos);
        } else if (device.isOpening()) {
            downstream.signalAt(new Signal.Refused(new ConnectException("Connection refused")), atNanos);
        } else {
            downstream.signalAt(new Signal.Rst(), atNanos);
        }
    }

    private void open(Signal.Open open) {
        peer.connect(open)
                .addListener(result -> downstream.signalOrDeliver(
                        result.isSuccess() ? new Signal.Opened() : new Signal.Refused(result.cause())));
    }

    /** The gateway's FIN has arrived; a channel that does not want half-closure closes then, as Netty's do. */
    private void finish() {
        if (halfClosureWanted && !peer.isGone()) {
            device.shutdownInput();
            return;
        }
        device.leave();
        if (!peer.isGone()) {
            upstream.signalOrDeliver(new Signal.Fin());
        }
        settle();
    }

    void dropAll() {
        upstream.clear();
        downstream.clear();
    }

    private void settle() {
        if (!over && device.isGone() && peer.isGone()) {
            over = true;
            connections.leave(this);
            link.emit(new LinkEvent.Closed(
                    ordinal, upstream.bytes(), downstream.bytes(), upstream.packets(), downstream.packets()));
        }
    }
}
