package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.model.PacketModel;
import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.model.PacketVerdict;
import io.fieldloop.device.link.model.RadioModel;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.capture.FrameCapture;
import io.fieldloop.qemu.link.packet.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of a frame through the link: its fate, its record, its wait, its arrival. */
final class FramePath implements FrameQueue.Exit {
    private final EventLoop loop;
    private final PacketModel model;
    private final LinkListener listener;
    private final @Nullable FrameCapture capture;
    private final Exit exit;
    private final FrameQueue queue;
    private final EventAggregator<Drop> drops;
    private long lastHandoverNanos;
    private @Nullable Runnable afterDelivery;
    private final Set<Direction> full = EnumSet.noneOf(Direction.class);

    FramePath(EventLoop loop, RadioModel radio, LinkListener listener, @Nullable FrameCapture capture, Exit exit) {
        this.loop = loop;
        this.model = new PacketModel(radio);
        this.listener = listener;
        this.capture = capture;
        this.exit = exit;
        this.queue = new FrameQueue(loop, this);
        this.drops = new EventAggregator<>(
                loop,
                (drop, times, nanos) ->
                        listener.onEvent(new LinkEvent.Dropped(drop.connection, drop.direction, drop.reason, times)));
    }

    long now() {
        return loop.ticker().nanoTime();
    }

    void emit(LinkEvent event) {
        listener.onEvent(event);
    }

    /** Takes over a packet that meets the link. */
    void send(Direction direction, PacketSequence course, long connection, Frame frame, Arrival passenger) {
        PacketVerdict fate = fate(direction, course, connection, frame, now());
        if (fate.lostTo() == null) {
            record(direction, frame, null);
            travel(direction, frame, fate, passenger);
        }
    }

    /** Notes a frame that goes on in pieces. */
    void noteSplit(Direction direction, Frame frame) {
        record(direction, frame, null);
    }

    /** Takes over a piece of a frame that is sent at {@code readyNanos}. */
    void sendPiece(
            Direction direction,
            PacketSequence course,
            long connection,
            Frame piece,
            long readyNanos,
            Arrival passenger) {
        PacketVerdict fate = fate(direction, course, connection, piece, readyNanos);
        if (fate.lostTo() == null) {
            travel(direction, piece, fate, passenger);
        }
    }

    /** What the link does to a frame, which is dropped when it is lost. */
    private PacketVerdict fate(
            Direction direction, PacketSequence course, long connection, Frame frame, long readyNanos) {
        PacketVerdict fate = model.pass(direction, course, frame.ipBytes(), readyNanos);
        report(direction, connection, fate, readyNanos);
        if (fate.lostTo() != null) {
            drop(direction, connection, frame, fate.lostTo());
        }
        return fate;
    }

    private void travel(Direction direction, Frame frame, PacketVerdict fate, Arrival passenger) {
        if (fate.duplicated()) {
            queue.add(fate.atNanos(), direction, frame.bytes().copy(), passenger);
        }
        queue.add(fate.atNanos(), direction, frame.bytes(), passenger);
    }

    /** Takes over a frame that the link leaves alone. */
    void sendUntouched(Direction direction, Frame frame) {
        record(direction, frame, null);
        leave(direction, frame.bytes(), Arrival.NOBODY);
    }

    /** Takes over a frame of the link's own making, which its receiver gets at {@code atNanos}. */
    void inject(Direction direction, ByteBuf frame, long atNanos, Arrival passenger) {
        queue.add(atNanos, direction, frame, new Made(passenger));
    }

    /** Takes over a frame that does not arrive. */
    void drop(Direction direction, long connection, Frame frame, DropReason reason) {
        record(direction, frame, reason);
        frame.bytes().release();
        drops.count(new Drop(connection, direction, reason), 0);
    }

    /** Does something once the frame that is about to arrive has. */
    void afterDelivery(Runnable action) {
        afterDelivery = action;
    }

    /** Drops what is under way, and reports what has not been reported. */
    void close() {
        queue.clear();
        drops.flush();
    }

    @Override
    public void leave(Direction direction, ByteBuf frame, Arrival passenger) {
        if (!passenger.arrives(frame)) {
            frame.release();
            return;
        }
        if (capture != null) {
            capture.delivered(direction, frame.nioBuffer(), passenger.comment());
        }
        exit.deliver(direction, frame);
        Runnable next = afterDelivery;
        if (next != null) {
            afterDelivery = null;
            next.run();
        }
    }

    private void record(Direction direction, Frame frame, @Nullable DropReason reason) {
        if (capture != null) {
            capture.offered(
                    direction, frame.bytes().nioBuffer(), reason == null ? null : "dropped: " + reason.wireName());
        }
    }

    private void report(Direction direction, long connection, PacketVerdict fate, long now) {
        if (fate.lostTo() == DropReason.QUEUE_FULL) {
            if (full.add(direction)) {
                emit(new LinkEvent.QueueFull(connection, direction));
            }
        } else if (full.contains(direction) && model.hasDrained(direction, now)) {
            full.remove(direction);
        }
        if (fate.promotedNanos() > 0) {
            emit(new LinkEvent.Promoted(connection, Duration.ofNanos(fate.promotedNanos())));
        }
        if (fate.handoverNanos() > 0 && fate.resumedNanos() != lastHandoverNanos) {
            lastHandoverNanos = fate.resumedNanos();
            emit(new LinkEvent.Handover(connection, Duration.ofNanos(fate.handoverNanos())));
        }
    }

    /** Where frames that arrive go; takes them over. */
    interface Exit {
        void deliver(Direction direction, ByteBuf frame);
    }

    private record Drop(long connection, Direction direction, DropReason reason) {}

    /** A frame that no end has sent. */
    private record Made(Arrival passenger) implements Arrival {
        @Override
        public boolean arrives(ByteBuf frame) {
            return passenger.arrives(frame);
        }

        @Override
        public String comment() {
            return "made by the link";
        }
    }
}
