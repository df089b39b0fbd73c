package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Loss;
import io.fieldloop.device.link.profile.PathProfile;

/**
 * One connection's packets as arithmetic: direction, size and time in, {@link SegmentVerdict} out.
 *
 * <p>A stream is never reordered: a packet arrives no sooner than the one before it, so a retransmission holds up all
 * that follows, as in TCP.
 */
public final class FlowModel {
    /** What may be under way on a link without a bandwidth limit. */
    static final int UNLIMITED_BUFFER_BYTES = 1 << 20;

    // Slot 0 is the loss model's.
    private static final int SLOT_DELAY = 1;
    private static final int SLOT_RETRANSMISSIONS = 3;

    private final RadioModel radio;
    private final Path upstream;
    private final Path downstream;
    private final LinkedConnection connection;

    public FlowModel(LinkedConnection connection, RadioModel radio, long seed, long ordinal) {
        this.connection = connection;
        this.radio = radio;
        this.upstream = new Path(new Draws(seed, ordinal, Direction.UPSTREAM));
        this.downstream = new Path(new Draws(seed, ordinal, Direction.DOWNSTREAM));
    }

    /** Whether a packet may go by unseen. */
    public boolean isClear(long nowNanos) {
        return connection.isClear(nowNanos);
    }

    /** A packet has gone by unseen. */
    public void touch(long nowNanos) {
        connection.touch(nowNanos);
    }

    /** The largest piece that must be passed as one packet. */
    public int pieceBytesMax(Direction direction) {
        PathProfile path = radio.profile().path(direction);
        int split = path.split().bytesMax();
        boolean piecesDiffer = isMtuBlackHole()
                || path.loss().probability() > 0
                || path.bitsPerSecond() > 0
                || !path.delay().isConstant();
        int segment = piecesDiffer ? sentSegmentBytesMax() : Integer.MAX_VALUE;
        return split > 0 ? Math.min(split, segment) : segment;
    }

    private boolean isMtuBlackHole() {
        return radio.profile().access().oversize() == Access.Oversize.LOST;
    }

    /** In an MTU black hole nobody knows the MTU, and full segments are sent. */
    private int sentSegmentBytesMax() {
        return isMtuBlackHole()
                ? LinkProfile.NONE.segmentBytesMax()
                : radio.profile().segmentBytesMax();
    }

    /** How many bytes of one connection may be under way before its sender is held back: the queue, and the pipe. */
    public int bufferBytesMax(Direction direction) {
        PathProfile path = radio.profile().path(direction);
        if (path.bitsPerSecond() == 0) {
            return UNLIMITED_BUFFER_BYTES;
        }
        double pipeBytes = path.bitsPerSecond() / 8e9 * path.delay().mean().toNanos();
        return (int) Math.min(Integer.MAX_VALUE, path.queueBytes() + pipeBytes);
    }

    public long roundTripNanos() {
        return radio.roundTripNanos();
    }

    public SegmentVerdict pass(Direction direction, int bytes, long nowNanos) {
        if (!connection.isAlive()) {
            return SegmentVerdict.ending(SegmentVerdict.Outcome.VANISHES, nowNanos);
        }
        connection.meetOperator(direction, nowNanos);
        if (!connection.isAlive()) {
            return ended(nowNanos);
        }
        if (isMtuBlackHole() && bytes > radio.profile().segmentBytesMax()) {
            return giveUp(nowNanos);
        }
        return transmit(direction, path(direction), bytes, nowNanos);
    }

    private SegmentVerdict transmit(Direction direction, Path path, int bytes, long nowNanos) {
        PathProfile profile = radio.profile().path(direction);
        boolean wakes = radio.isIdle(nowNanos);
        long connected = radio.wake(direction, nowNanos);
        long resumed = radio.handoverEnds(connected);
        long sent = radio.transmit(direction, bytes, path.pace.leaves(profile.split(), resumed));
        long packet = path.packets++;

        long attempt = sent;
        long rto = profile.loss().rtoInitial().toNanos();
        int lost = 0;
        boolean lostNow = path.losses.loses(profile.loss(), packet) || radio.isDark(attempt);
        while (lostNow) {
            if (++lost > profile.loss().retransmissionsMax()) {
                return giveUp(attempt);
            }
            attempt += rto;
            rto = Math.min(rto * 2, profile.loss().rtoMax().toNanos());
            lostNow = radio.isDark(attempt) || path.losesAgain(profile.loss(), packet, lost);
        }
        long delay = DelayPolicy.nanos(profile.delay(), path.draws, packet, SLOT_DELAY);
        path.lastArrivalNanos = Math.max(path.lastArrivalNanos, attempt + delay);
        return new SegmentVerdict(
                SegmentVerdict.Outcome.ARRIVES,
                path.lastArrivalNanos,
                lost,
                attempt - sent,
                wakes ? connected - nowNanos : 0,
                resumed - connected);
    }

    private SegmentVerdict ended(long nowNanos) {
        boolean forgotten = connection.state() == LinkedConnection.State.FORGOTTEN;
        if (!connection.answersWithReset()) {
            return SegmentVerdict.ending(SegmentVerdict.Outcome.FORGOTTEN_SILENTLY, nowNanos);
        }
        return SegmentVerdict.ending(
                forgotten ? SegmentVerdict.Outcome.FORGOTTEN_AND_RESET : SegmentVerdict.Outcome.REFUSED,
                nowNanos + radio.roundTripNanos());
    }

    /** For whoever waits for the packet this is a black hole. */
    private SegmentVerdict giveUp(long atNanos) {
        connection.blackhole(null);
        return SegmentVerdict.ending(SegmentVerdict.Outcome.GIVEN_UP, atNanos);
    }

    private Path path(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    /** One direction of the connection. */
    private static final class Path {
        private final Draws draws;
        private final LossModel losses;
        private long packets;
        private long lastArrivalNanos = Long.MIN_VALUE;
        private final PiecePace pace = new PiecePace();

        Path(Draws draws) {
            this.draws = draws;
            this.losses = new LossModel(draws);
        }

        boolean losesAgain(Loss loss, long packet, int retransmission) {
            return loss.probability() > 0
                    && draws.uniform(packet, SLOT_RETRANSMISSIONS + retransmission) < loss.probability();
        }
    }
}
