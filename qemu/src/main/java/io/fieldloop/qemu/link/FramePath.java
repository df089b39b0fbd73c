package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.PacketModel;
import io.fieldloop.device.link.model.PacketQueue;
import io.fieldloop.device.link.model.PacketReports;
import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.model.PacketVerdict;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.capture.FrameCapture;
import io.fieldloop.qemu.link.packet.Frame;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The way of a frame through the link: what becomes of it, its record, its wait, its arrival. */
final class FramePath {
    private final LinkState link;
    private final PacketModel model;
    private final PacketReports reports;
    private final @Nullable FrameCapture capture;
    private final Exit exit;
    private final PacketQueue<InFlight> queue;
    private @Nullable Runnable afterDelivery;

    FramePath(LinkState link, @Nullable FrameCapture capture, Exit exit) {
        this.link = link;
        this.model = new PacketModel(link.radio());
        this.reports = new PacketReports(link, model);
        this.capture = capture;
        this.exit = exit;
        this.queue = new PacketQueue<>(link.loop(), this::leave);
    }

    long now() {
        return link.nanoTime();
    }

    void emit(LinkEvent event) {
        link.emit(event);
    }

    /** Takes over a packet that meets the link. */
    void send(Direction direction, PacketSequence sequence, long connection, Frame frame, FrameArrival arrival) {
        PacketVerdict verdict = judge(direction, sequence, connection, frame, now());
        if (verdict.lostTo() == null) {
            record(direction, frame, null);
            travel(direction, frame, verdict, arrival);
        }
    }

    /** Notes a frame that goes on in pieces. */
    void noteSplit(Direction direction, Frame frame) {
        record(direction, frame, null);
    }

    /** Takes over a piece of a frame that is sent at {@code readyNanos}. */
    void sendPiece(
            Direction direction,
            PacketSequence sequence,
            long connection,
            Frame piece,
            long readyNanos,
            FrameArrival arrival) {
        PacketVerdict verdict = judge(direction, sequence, connection, piece, readyNanos);
        if (verdict.lostTo() == null) {
            travel(direction, piece, verdict, arrival);
        }
    }

    /** What the link does to a frame, which is dropped when it is lost. */
    private PacketVerdict judge(
            Direction direction, PacketSequence sequence, long connection, Frame frame, long readyNanos) {
        PacketVerdict verdict = model.pass(direction, sequence, frame.ipBytes(), readyNanos);
        if (frame.isPlainDatagram()) {
            reports.datagram(direction, verdict, readyNanos);
        } else {
            reports.passed(direction, connection, verdict, readyNanos);
        }
        if (verdict.lostTo() != null) {
            drop(direction, connection, frame, verdict.lostTo());
        }
        return verdict;
    }

    private void travel(Direction direction, Frame frame, PacketVerdict verdict, FrameArrival arrival) {
        if (frame.isPlainDatagram() && verdict.corrupt(frame.datagram())) {
            frame.clearDatagramChecksum();
        }
        if (verdict.duplicated()) {
            queue.add(verdict.atNanos(), new InFlight(direction, frame.bytes().copy(), arrival));
        }
        queue.add(verdict.atNanos(), new InFlight(direction, frame.bytes(), arrival));
    }

    /** Takes over a frame that the link leaves alone. */
    void sendUntouched(Direction direction, Frame frame) {
        record(direction, frame, null);
        leave(new InFlight(direction, frame.bytes(), FrameArrival.NOBODY));
    }

    /** Takes over a frame of the link's own making, which its receiver gets at {@code atNanos}. */
    void inject(Direction direction, ByteBuf frame, long atNanos, FrameArrival arrival) {
        queue.add(atNanos, new InFlight(direction, frame, new Made(arrival)));
    }

    /** Takes over a frame that does not arrive. */
    void drop(Direction direction, long connection, Frame frame, DropReason reason) {
        record(direction, frame, reason);
        if (frame.isPlainDatagram()) {
            reports.datagramDropped(direction, reason);
        } else {
            reports.dropped(direction, connection, reason);
        }
        frame.bytes().release();
    }

    /** Does something once the frame that is about to arrive has. */
    void afterDelivery(Runnable action) {
        afterDelivery = action;
    }

    /** Drops what is under way, and reports what has not been reported. */
    void close() {
        queue.clear(packet -> packet.frame.release());
        reports.flush();
    }

    private void leave(InFlight packet) {
        if (!packet.arrival.arrives(packet.frame)) {
            packet.frame.release();
            return;
        }
        if (capture != null) {
            capture.delivered(packet.direction, packet.frame.nioBuffer(), packet.arrival.comment());
        }
        exit.deliver(packet.direction, packet.frame);
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

    /** Where frames that arrive go; takes them over. */
    interface Exit {
        void deliver(Direction direction, ByteBuf frame);
    }

    private record InFlight(Direction direction, ByteBuf frame, FrameArrival arrival) {}

    /** A frame that no end has sent. */
    private record Made(FrameArrival arrival) implements FrameArrival {
        @Override
        public boolean arrives(ByteBuf frame) {
            return arrival.arrives(frame);
        }

        @Override
        public String comment() {
            return "made by the link";
        }
    }
}
