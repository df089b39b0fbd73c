package io.fieldloop.qemu.link;

import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.model.PiecePace;
import io.fieldloop.qemu.link.packet.TcpSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One direction of a TCP connection, as the segments that went by tell of it. */
final class TcpSide {
    // More than the largest window of a small device; a server's are asked for less than that.
    private static final int REMEMBERED_MAX = 1024;
    private static final int GAPS_MAX = 16;

    private final PacketSequence sequence;
    private final PiecePace pace = new PiecePace();
    private boolean started;
    private int firstSequence;
    private int nextSequence;
    private int deliveredEnd;
    private int acknowledged;
    private long segments;
    private long payloadBytes;
    private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
    private final List<Gap> gaps = new ArrayList<>();
    private long acknowledgedSentNanos;
    private boolean finDelivered;

    TcpSide(PacketSequence sequence) {
        this.sequence = sequence;
    }

    PacketSequence sequence() {
        return sequence;
    }

    PiecePace pace() {
        return pace;
    }

    boolean isStarted() {
        return started;
    }

    boolean isFinDelivered() {
        return finDelivered;
    }

    long segments() {
        return segments;
    }

    /** How many bytes were sent, each counted once. */
    long payloadBytes() {
        return payloadBytes;
    }

    /** The sequence number that the receiver expects next, if it has what was delivered. */
    int deliveredEnd() {
        return deliveredEnd;
    }

    /** What the sender of this direction has acknowledged of the other. */
    int acknowledged() {
        return acknowledged;
    }

    /** Whether a SYN begins another connection than the one seen so far. */
    boolean isOtherStart(TcpSegment syn) {
        return started && syn.sequence() != firstSequence;
    }

    /** Where a segment's payload begins in the stream, counted from its first byte. */
    long position(TcpSegment segment) {
        int offset = segment.sequence() - firstSequence - 1;
        return segment.has(TcpSegment.SYN) ? 0 : offset;
    }

    /**
     * A segment is sent.
     *
     * @return how long ago it was first sent, when this is not the first time; otherwise -1
     */
    long offered(TcpSegment segment, int acknowledgedByPeer, long nowNanos) {
        segments++;
        if (segment.has(TcpSegment.ACK)) {
            acknowledged = segment.acknowledged();
        }
        if (segment.has(TcpSegment.RST) || segment.length() == 0) {
            return -1;
        }
        if (!started) {
            start(segment);
        }
        forgetUntil(acknowledgedByPeer);
        int advance = segment.sequenceEnd() - nextSequence;
        if (advance > 0) {
            if (TcpSegment.isAfter(segment.sequence(), nextSequence)) {
                addGap(nextSequence, segment.sequence());
            }
            payloadBytes += Math.min(advance, segment.payloadBytes());
            nextSequence = segment.sequenceEnd();
            unacknowledged.add(new Sent(nextSequence, nowNanos));
            return -1;
        }
        if (fillsGap(segment)) {
            payloadBytes += segment.payloadBytes();
            return -1;
        }
        return isKeepAlive(segment, acknowledgedByPeer) ? -1 : nowNanos - firstSentNanos(segment.sequenceEnd());
    }

    /** A segment has reached the receiver. */
    void delivered(TcpSegment segment) {
        if (started && TcpSegment.isAfter(segment.sequenceEnd(), deliveredEnd)) {
            deliveredEnd = segment.sequenceEnd();
        }
        finDelivered |= segment.has(TcpSegment.FIN);
    }

    private void start(TcpSegment segment) {
        started = true;
        // A connection from before the link: what came before counts for nothing.
        firstSequence = segment.has(TcpSegment.SYN) ? segment.sequence() : segment.sequence() - 1;
        nextSequence = segment.sequence();
        deliveredEnd = segment.sequence();
    }

    /** Whether it is a segment that others overtook before they came to the link, as happens inside QEMU. */
    private boolean fillsGap(TcpSegment segment) {
        for (Gap gap : gaps) {
            boolean isInside = !TcpSegment.isAfter(gap.from, segment.sequence())
                    && !TcpSegment.isAfter(segment.sequenceEnd(), gap.to);
            if (isInside) {
                gaps.remove(gap);
                addGap(gap.from, segment.sequence());
                addGap(segment.sequenceEnd(), gap.to);
                return true;
            }
        }
        return false;
    }

    private void addGap(int from, int to) {
        if (from != to && gaps.size() < GAPS_MAX) {
            gaps.add(new Gap(from, to));
        }
    }

    private void forgetUntil(int acknowledgedByPeer) {
        Sent oldest = unacknowledged.peek();
        while (oldest != null
                && (unacknowledged.size() > REMEMBERED_MAX || !TcpSegment.isAfter(oldest.end, acknowledgedByPeer))) {
            acknowledgedSentNanos = oldest.nanos;
            unacknowledged.remove();
            oldest = unacknowledged.peek();
        }
    }

    private long firstSentNanos(int sequenceEnd) {
        for (Sent sent : unacknowledged) {
            if (!TcpSegment.isAfter(sequenceEnd, sent.end)) {
                return sent.nanos;
            }
        }
        return acknowledgedSentNanos;
    }

    /** RFC 9293 section 3.8.4: up to one byte that the peer has acknowledged already. */
    private boolean isKeepAlive(TcpSegment segment, int acknowledgedByPeer) {
        return !segment.has(TcpSegment.SYN)
                && !segment.has(TcpSegment.FIN)
                && segment.payloadBytes() == 1
                && segment.sequenceEnd() == nextSequence
                && acknowledgedByPeer == nextSequence;
    }

    /** A segment by its end, and when it was sent first. */
    private record Sent(int end, long nanos) {}

    /** What has not been sent yet of what lies before {@code nextSequence}. */
    private record Gap(int from, int to) {}
}
