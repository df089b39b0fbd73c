package io.fieldloop.device.link.stream;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.model.FlowModel;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.LinkedConnection;
import io.fieldloop.device.link.model.PacketQueue;
import io.fieldloop.device.link.model.SegmentVerdict;
import io.fieldloop.device.link.profile.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: cuts what is sent into packets, asks the model about each, and holds those that arrive
 * until they do.
 */
final class StreamPath implements PacketQueue.Exit<Segment> {
    // A TCP segment without data, with the headers a bandwidth limit counts.
    private static final int SIGNAL_BYTES = 40;

    private final Direction direction;
    private final LinkState link;
    private final LinkedConnection life;
    private final FlowModel flow;
    private final Ends ends;
    private final PacketQueue<Segment> line;
    private final long connection;
    private long lastDueNanos = Long.MIN_VALUE;
    private long bytes;
    private long packets;
    private int bytesUnderWay;
    private boolean held;
    private boolean cut;
    private long lostInBurst;
    private long burstNanos;

    StreamPath(Direction direction, LinkState link, LinkedConnection life, FlowModel flow, long connection, Ends ends) {
        this.direction = direction;
        this.link = link;
        this.life = life;
        this.flow = flow;
        this.connection = connection;
        this.ends = ends;
        this.line = new PacketQueue<>(link.loop(), this);
    }

    /** Whether data may go by without being looked at; then only {@link #count} is due. */
    boolean isClear() {
        return line.isEmpty() && flow.isClear(link.nanoTime());
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    long packets() {
        return packets;
    }

    void count(Object message) {
        flow.touch(link.nanoTime());
        packets++;
        if (message instanceof ByteBuf data) {
            bytes += data.readableBytes();
        }
        offered(message, null);
        arrived(message);
    }

    /** Takes over {@code message} and {@code promise}. */
    void send(Object message, @Nullable ChannelPromise promise) {
        if (message instanceof ByteBuf data && data.isReadable()) {
            sendPieces(data, promise);
        } else {
            pass(message, 0, promise);
        }
        if (!held && bytesUnderWay > flow.bufferBytesMax(direction)) {
            held = true;
            link.emit(new LinkEvent.QueueFull(connection, direction));
            ends.hold(direction, true);
        }
        line.pump();
    }

    /** Sends a signal, at once where nothing is in its way. */
    void signalOrDeliver(Signal signal) {
        if (isClear()) {
            offered(signal, null);
            signalAt(signal, link.nanoTime());
        } else {
            signal(signal);
        }
    }

    void signal(Signal signal) {
        pass(signal, SIGNAL_BYTES, null);
        line.pump();
    }

    /** Sends a signal that meets no impairment of its own, but stays behind what is under way. */
    void signalAt(Signal signal, long dueNanos) {
        add(signal, dueNanos);
        line.pump();
    }

    void clear() {
        line.clear(Segment::drop);
        lastDueNanos = Long.MIN_VALUE;
        bytesUnderWay = 0;
        if (held) {
            held = false;
            ends.hold(direction, false);
        }
    }

    private void sendPieces(ByteBuf data, @Nullable ChannelPromise promise) {
        while (!cut) {
            int size = (int) Math.min(Math.min(data.readableBytes(), flow.pieceBytesMax(direction)), bytesUntilCut());
            if (size == data.readableBytes()) {
                passData(data, size, promise);
                return;
            }
            if (size == 0) {
                cut = true;
                add(new Signal.CutHere(bytes), link.nanoTime());
            } else {
                passData(data.readRetainedSlice(size), size, null);
            }
        }
        vanish(data, promise);
    }

    private void passData(ByteBuf data, int size, @Nullable ChannelPromise promise) {
        bytes += size;
        SegmentVerdict verdict = pass(data, size, promise);
        if (bytesUntilCut() == 0 && verdict.arrives()) {
            cut = true;
            add(new Signal.CutHere(bytes), verdict.atNanos());
        }
    }

    private void add(Signal signal, long dueNanos) {
        put(dueNanos, new Segment(signal, 0, null, 0, 0));
    }

    /** Nothing of a stream overtakes what was sent before it. */
    private void put(long dueNanos, Segment segment) {
        lastDueNanos = Math.max(lastDueNanos, dueNanos);
        line.put(lastDueNanos, segment);
    }

    private long bytesUntilCut() {
        return life.bytesUntilCut(direction, bytes);
    }

    private SegmentVerdict pass(Object content, int size, @Nullable ChannelPromise promise) {
        SegmentVerdict verdict = flow.pass(direction, size, link.nanoTime());
        packets++;
        report(verdict);
        offered(content, verdict.inWords());
        if (verdict.arrives()) {
            bytesUnderWay += size;
            put(verdict.atNanos(), new Segment(content, size, promise, verdict.lost(), verdict.retransmissionNanos()));
        } else {
            vanish(content, promise);
            if (verdict.isAnswered()) {
                ends.resetSender(direction, verdict.atNanos());
            }
        }
        return verdict;
    }

    /** Bytes that vanish are never acknowledged, so their write does not end; it is the sender's socket that must lose patience. */
    private static void vanish(Object content, @Nullable ChannelPromise promise) {
        boolean bytes = content instanceof ByteBuf data && data.isReadable();
        ReferenceCountUtil.release(content);
        if (promise != null && !bytes) {
            promise.trySuccess();
        }
    }

    /** Shows the tap what was sent. */
    void offered(Object content, @Nullable String fate) {
        LinkTap.Packet packet = seen(content);
        if (packet != null) {
            link.tap().offered(connection, direction, packet, fate);
        }
    }

    /** Shows the tap what has arrived. */
    void arrived(Object content) {
        LinkTap.Packet packet = seen(content);
        if (packet != null) {
            link.tap().delivered(connection, direction, packet);
        }
    }

    private LinkTap.@Nullable Packet seen(Object content) {
        return link.tap() == LinkTap.NONE ? null : Signal.packet(content);
    }

    private void report(SegmentVerdict verdict) {
        if (verdict.promotedNanos() > 0) {
            link.emit(new LinkEvent.Promoted(connection, Duration.ofNanos(verdict.promotedNanos())));
        }
        if (verdict.handoverNanos() > 0) {
            link.emit(new LinkEvent.Handover(connection, Duration.ofNanos(verdict.handoverNanos())));
        }
    }

    @Override
    public void deliver(Segment segment) {
        bytesUnderWay -= segment.bytes();
        lostInBurst += segment.lost();
        burstNanos = Math.max(burstNanos, segment.retransmissionNanos());
        arrived(segment.content());
        ends.deliver(direction, segment);
    }

    @Override
    public void delivered() {
        if (lostInBurst > 0) {
            link.emit(new LinkEvent.Retransmitted(connection, direction, lostInBurst, Duration.ofNanos(burstNanos)));
            lostInBurst = 0;
            burstNanos = 0;
        }
        ends.delivered(direction);
        if (held && bytesUnderWay <= flow.bufferBytesMax(direction) / 2) {
            held = false;
            ends.hold(direction, false);
        }
    }

    /** The two ends of the connection, as the path needs them. */
    interface Ends {
        void deliver(Direction direction, Segment segment);

        void delivered(Direction direction);

        /** Stops the sender of that direction, or lets it go on. */
        void hold(Direction direction, boolean held);

        /** The sender of that direction gets a reset for an answer; the far end learns nothing. */
        void resetSender(Direction direction, long atNanos);
    }
}
