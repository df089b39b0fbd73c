package io.fieldloop.qemu.link;

import io.fieldloop.device.link.model.LinkedConnection;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.PlaintextUpgrade;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Ends TCP connections with segments that both ends take as genuine.
 *
 * <p>A receiver takes a reset only with the sequence number it expects (RFC 5961 section 3.2), which it may not have told
 * yet. So a reset goes out with what was delivered and with what was acknowledged last; whoever still sends afterwards
 * tells, and is answered with another.
 */
final class TcpEndings {
    private static final byte[] FORBIDDEN = LinkedConnection.FORBIDDEN.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final FramePath path;

    TcpEndings(FramePath path) {
        this.path = path;
    }

    void resetBoth(TcpFlow flow) {
        reset(flow, Direction.UPSTREAM, path.now());
        reset(flow, Direction.DOWNSTREAM, path.now());
    }

    /** The sender of {@code segment} gets a reset with the number it expects (RFC 9293 section 3.10.7.1). */
    void answerWithReset(TcpFlow flow, Direction direction, TcpSegment segment, long atNanos, FrameArrival arrival) {
        if (segment.has(TcpSegment.RST)) {
            return;
        }
        int flags = TcpSegment.RST | (segment.has(TcpSegment.ACK) ? 0 : TcpSegment.ACK);
        int sequence = segment.has(TcpSegment.ACK) ? segment.acknowledged() : 0;
        int acknowledged = segment.has(TcpSegment.ACK) ? 0 : segment.sequenceEnd();
        ByteBuf reset = flow.frame(direction.opposite(), flags, sequence, acknowledged);
        path.inject(direction.opposite(), reset, atNanos, arrival);
    }

    /** Both ends are told that the other will send no more. */
    void finishBoth(TcpFlow flow) {
        say(flow, Direction.UPSTREAM, TcpSegment.FIN, path.now(), NOTHING);
        say(flow, Direction.DOWNSTREAM, TcpSegment.FIN, path.now(), NOTHING);
    }

    /** Takes what the sender of {@code segment} still has to say, in place of an end that is no longer there. */
    void acknowledge(TcpFlow flow, Direction direction, TcpSegment segment) {
        Direction back = direction.opposite();
        if (segment.length() > 0 && !segment.has(TcpSegment.RST)) {
            send(flow, back, TcpSegment.ACK, segment.acknowledged(), segment.sequenceEnd(), path.now(), NOTHING);
        }
    }

    /** Deals with a plaintext upgrade, whose request is in {@code segment}, as the operator does. */
    void block(TcpFlow flow, TcpSegment segment, PlaintextUpgrade policy, long atNanos) {
        switch (policy) {
            case ALLOWED, SWALLOWED -> {}
            case RESET -> reset(flow, Direction.UPSTREAM, atNanos);
            case FORBIDDEN -> {
                reset(flow, Direction.UPSTREAM, atNanos);
                int flags = TcpSegment.ACK | TcpSegment.PSH | TcpSegment.FIN;
                send(
                        flow,
                        Direction.DOWNSTREAM,
                        flags,
                        segment.acknowledged(),
                        segment.sequenceEnd(),
                        atNanos,
                        FORBIDDEN);
            }
        }
    }

    private void reset(TcpFlow flow, Direction direction, long atNanos) {
        TcpSide side = flow.side(direction);
        TcpSide back = flow.side(direction.opposite());
        if (!side.isStarted()) {
            // The receiver's SYN was not answered yet: it takes a reset that acknowledges it.
            send(
                    flow,
                    direction,
                    TcpSegment.RST | TcpSegment.ACK,
                    0,
                    back.deliveredEnd() + (back.isStarted() ? 1 : 0),
                    atNanos,
                    NOTHING);
            return;
        }
        send(
                flow,
                direction,
                TcpSegment.RST | TcpSegment.ACK,
                side.deliveredEnd(),
                back.deliveredEnd(),
                atNanos,
                NOTHING);
        if (back.isStarted() && back.acknowledged() != side.deliveredEnd()) {
            send(
                    flow,
                    direction,
                    TcpSegment.RST | TcpSegment.ACK,
                    back.acknowledged(),
                    back.deliveredEnd(),
                    atNanos,
                    NOTHING);
        }
    }

    private void say(TcpFlow flow, Direction direction, int flags, long atNanos, byte[] payload) {
        int sequence = flow.side(direction).deliveredEnd();
        int acknowledged = flow.side(direction.opposite()).deliveredEnd();
        send(flow, direction, flags | TcpSegment.ACK, sequence, acknowledged, atNanos, payload);
    }

    private void send(
            TcpFlow flow,
            Direction direction,
            int flags,
            int number,
            int acknowledgment,
            long atNanos,
            byte[] payload) {
        path.inject(
                direction, flow.frame(direction, flags, number, acknowledgment, payload), atNanos, FrameArrival.NOBODY);
    }
}
