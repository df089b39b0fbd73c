package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.model.EventAggregator;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.LinkedConnection;
import io.fieldloop.device.link.model.RadioModel;
import io.fieldloop.device.link.profile.Cut;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Split;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the link does to TCP connections: finds them, follows them, ends them as the profile and its user say. */
final class TcpRelay {
    private final LinkState link;
    private final RadioModel radio;
    private final PortMap ports;
    private final FramePath path;
    private final FlowTable flows = new FlowTable();
    private final TcpEndings endings;
    private final EventAggregator<Again> retransmissions;
    private long connectionsMade;

    TcpRelay(LinkState link, PortMap ports, FramePath path) {
        this.link = link;
        this.radio = link.radio();
        this.ports = ports;
        this.path = path;
        this.endings = new TcpEndings(path);
        this.retransmissions = new EventAggregator<>(
                link.loop(),
                (again, times, nanosMax) -> path.emit(new LinkEvent.Retransmitted(
                        again.connection, again.direction, times, Duration.ofNanos(nanosMax))));
    }

    /** Takes over a frame with a segment. */
    void offered(Direction direction, Frame frame) {
        long now = path.now();
        TcpSegment segment = frame.segment();
        TcpFlow flow = flow(direction, frame, segment);
        TcpSide side = flow.side(direction);
        long again = side.offered(segment, flow.side(direction.opposite()).acknowledged(), now);
        if (again >= 0) {
            retransmissions.count(new Again(flow.connection(), direction), again);
        }
        if (flow.life().isAlive()) {
            judge(direction, flow, segment, now);
        }
        if (flow.life().answersWithReset()) {
            answerWithReset(direction, flow, segment, now);
        }
        switch (flow.life().state()) {
            case ALIVE -> pass(direction, flow, frame, segment);
            case BLACKHOLED -> path.drop(direction, flow.connection(), frame, DropReason.BLACKHOLE);
            case FORGOTTEN -> path.drop(direction, flow.connection(), frame, DropReason.NAT_EXPIRED);
            case RESET -> path.drop(direction, flow.connection(), frame, DropReason.RESET);
            case FINISHED -> {
                endings.acknowledge(flow, direction, segment);
                path.drop(direction, flow.connection(), frame, DropReason.CUT);
            }
        }
    }

    void blackholeAll() {
        for (TcpFlow flow : flows.all()) {
            if (flow.life().isAlive() && !flow.isOver()) {
                flow.life().blackhole(null);
            }
        }
    }

    void resetAll() {
        for (TcpFlow flow : flows.all()) {
            if (flow.life().isAlive() && !flow.isOver()) {
                flow.life().reset(null, new BothEnds(flow));
            }
        }
    }

    /** Reports what has not been reported. */
    void close() {
        retransmissions.flush();
        flows.all().forEach(this::over);
    }

    private TcpFlow flow(Direction direction, Frame frame, TcpSegment segment) {
        FlowKey key = FlowKey.of(direction, frame);
        TcpFlow known = flows.find(direction, key);
        boolean opens = segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.ACK);
        if (known != null && !(opens && known.side(direction).isOtherStart(segment))) {
            return known;
        }
        if (known != null) {
            over(known);
        }
        PortMap.Place place = direction == Direction.UPSTREAM
                ? ports.placeOf(key.remoteAddress(), key.remotePort())
                : new PortMap.Place(key.remoteAddress(), key.remotePort());
        TcpFlow flow = new TcpFlow(++connectionsMade, key, place, direction, frame, link);
        flows.add(flow);
        if (link.isBlackholed()) {
            flow.life().blackhole(null);
        }
        return flow;
    }

    /** What the operator does before the radio has its turn. */
    private void judge(Direction direction, TcpFlow flow, TcpSegment segment, long now) {
        LinkedConnection life = flow.life();
        life.meetOperator(direction, now);
        boolean looks = life.isAlive() && direction == Direction.UPSTREAM && segment.payloadBytes() > 0;
        if (looks && life.blocksUpgrade(segment.payload())) {
            endings.block(flow, segment, radio.profile().plaintextUpgrade(), now + radio.roundTripNanos());
            life.upgradeBlocked();
        }
    }

    private void pass(Direction direction, TcpFlow flow, Frame frame, TcpSegment segment) {
        TcpSide side = flow.side(direction);
        Split split = radio.profile().path(direction).split();
        int payload = segment.payloadBytes();
        if (split.bytesMax() == 0 || payload <= split.bytesMax()) {
            path.send(direction, side.sequence(), flow.connection(), frame, underWay(direction, flow, segment));
            return;
        }
        path.noteSplit(direction, frame);
        for (int from = 0; from < payload; from += split.bytesMax()) {
            Frame piece = frame.piece(from, Math.min(split.bytesMax(), payload - from));
            path.sendPiece(
                    direction,
                    side.sequence(),
                    flow.connection(),
                    piece,
                    side.pace().leaves(split, path.now()),
                    underWay(direction, flow, piece.segment()));
        }
        frame.bytes().release();
    }

    private UnderWay underWay(Direction direction, TcpFlow flow, TcpSegment segment) {
        long untilCut = segment.payloadBytes() == 0
                ? Long.MAX_VALUE
                : flow.life().bytesUntilCut(direction, flow.side(direction).position(segment));
        int payloadMax = (int) Math.min(untilCut, Integer.MAX_VALUE);
        return new UnderWay(direction, flow, payloadMax);
    }

    private void answerWithReset(Direction direction, TcpFlow flow, TcpSegment segment, long now) {
        boolean refuses = direction == Direction.UPSTREAM && !flow.isOpened();
        endings.answerWithReset(flow, direction, segment, now + radio.roundTripNanos(), bytes -> {
            if (refuses) {
                refused(flow);
            }
            return true;
        });
    }

    private void arrived(Direction direction, TcpFlow flow, TcpSegment segment) {
        TcpSide side = flow.side(direction);
        side.delivered(segment);
        long now = path.now();
        if (segment.has(TcpSegment.RST)) {
            if (direction == Direction.DOWNSTREAM && !flow.isOpened()) {
                refused(flow);
            }
            over(flow);
        } else if (segment.has(TcpSegment.SYN) && segment.has(TcpSegment.ACK) && !flow.isOpened()) {
            flow.opened();
            cutLater(flow);
            path.emit(new LinkEvent.PathOpened(flow.connection(), Duration.ofNanos(flow.elapsedNanos(now))));
        } else if (side.isFinDelivered() && flow.side(direction.opposite()).isFinDelivered()) {
            over(flow);
        }
    }

    private void cutLater(TcpFlow flow) {
        Cut cut = radio.profile().cut();
        if (cut.isTimed()) {
            link.loop().schedule(() -> cutIfOpen(flow), cut.after().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void cutIfOpen(TcpFlow flow) {
        if (flow.life().isAlive() && !flow.isOver()) {
            flow.life().cut(null, new BothEnds(flow));
        }
    }

    private void refused(TcpFlow flow) {
        if (!flow.isOver()) {
            flow.over();
            path.emit(new LinkEvent.PathRefused(flow.connection(), Duration.ofNanos(flow.elapsedNanos(path.now()))));
        }
    }

    private void over(TcpFlow flow) {
        if (!flow.isOver()) {
            flow.over();
            TcpSide up = flow.side(Direction.UPSTREAM);
            TcpSide down = flow.side(Direction.DOWNSTREAM);
            path.emit(new LinkEvent.Closed(
                    flow.connection(), up.payloadBytes(), down.payloadBytes(), up.segments(), down.segments()));
        }
    }

    /** Both ends of a connection, for the link to end it at. */
    private final class BothEnds implements LinkedConnection.Carrier {
        private final TcpFlow flow;

        BothEnds(TcpFlow flow) {
            this.flow = flow;
        }

        @Override
        public void resetBoth() {
            endings.resetBoth(flow);
            over(flow);
        }

        @Override
        public void finishBoth() {
            endings.finishBoth(flow);
            over(flow);
        }

        @Override
        public void abortDevice() {}
    }

    /** A segment under way; {@code payloadMax} is how many of its bytes still arrive before the connection is cut. */
    private final class UnderWay implements FrameArrival {
        private final Direction direction;
        private final TcpFlow flow;
        private final int payloadMax;

        UnderWay(Direction direction, TcpFlow flow, int payloadMax) {
            this.direction = direction;
            this.flow = flow;
            this.payloadMax = payloadMax;
        }

        @Override
        public boolean arrives(ByteBuf bytes) {
            if (!flow.life().isAlive()) {
                return false;
            }
            Frame frame = Frame.of(bytes);
            TcpSegment segment = frame.segment();
            boolean cuts = segment.payloadBytes() >= payloadMax;
            if (segment.payloadBytes() > payloadMax) {
                frame.truncatePayload(payloadMax);
                segment = Frame.of(bytes).segment();
            }
            adapt(frame, segment);
            arrived(direction, flow, segment);
            if (cuts) {
                // After this segment, which is delivered when this returns.
                path.afterDelivery(() -> flow.life().cut(radio.profile().cut().atByte(), new BothEnds(flow)));
            }
            return true;
        }

        private void adapt(Frame frame, TcpSegment segment) {
            if (segment.has(TcpSegment.SYN) && radio.profile().mtuBytes() < LinkProfile.NONE.mtuBytes()) {
                clamp(segment);
            }
            if (direction == Direction.UPSTREAM) {
                frame.setDestination(flow.place().address(), flow.place().port());
            } else {
                frame.setSource(flow.key().remoteAddress(), flow.key().remotePort());
            }
        }

        private void clamp(TcpSegment syn) {
            switch (radio.profile().access().oversize()) {
                case CLAMPED -> syn.clampSegmentSize(radio.profile().segmentBytesMax());
                case LOST -> {}
            }
        }
    }

    private record Again(long connection, Direction direction) {}
}
