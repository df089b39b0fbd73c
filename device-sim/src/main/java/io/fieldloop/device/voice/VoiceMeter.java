package io.fieldloop.device.voice;

import io.fieldloop.device.event.DeviceEvent;
import java.time.Duration;

/**
 * How the server's voice came through while a socket was open, from sequence numbers and times alone.
 *
 * <p>The firmware keeps no such account; what it drops as old may have come late or twice, which is told apart over the last 64 packets.
 */
final class VoiceMeter {

    /** What a packet holds, in the firmware and in every known server. */
    private static final Duration FRAME = Duration.ofMillis(60);

    private static final int WINDOW_PACKETS = 64;
    private static final double JITTER_SHARE = 16; // RFC 3550, 6.4.1
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long sent;
    private long received;
    private long missing;
    private long gaps;
    private long late;
    private long duplicates;
    private long longestGap;
    private double jitterNanos;

    /** Bit n is set when the packet n before the last one came. */
    private long came;

    private long lastSequence;
    private long lastTransitNanos;
    private boolean started;

    /** Sequences begin anew. */
    void restart() {
        came = 0;
        lastSequence = 0;
        started = false;
    }

    void sent() {
        sent++;
    }

    /** A packet was taken; one that leaps ahead leaves a gap. */
    void taken(long sequence, long timestampMillis, long nowNanos) {
        long ahead = sequence - lastSequence;
        came = ahead >= WINDOW_PACKETS ? 1 : (came << ahead) | 1;
        if (started && ahead > 1) {
            missing += ahead - 1;
            gaps++;
            longestGap = Math.max(longestGap, ahead - 1);
        }
        arrived(sequence, timestampMillis, nowNanos);
        lastSequence = sequence;
        started = true;
        received++;
    }

    /** A server without timestamps sends zeros; its packets are a frame apart. */
    private void arrived(long sequence, long timestampMillis, long nowNanos) {
        long dueNanos = timestampMillis == 0 ? sequence * FRAME.toNanos() : timestampMillis * NANOS_PER_MILLI;
        long transitNanos = nowNanos - dueNanos;
        if (started) {
            jitterNanos += (Math.abs(transitNanos - lastTransitNanos) - jitterNanos) / JITTER_SHARE;
        }
        lastTransitNanos = transitNanos;
    }

    /** A packet came that is not newer than the last one taken. */
    void old(long sequence, long timestampMillis, long nowNanos) {
        long behind = lastSequence - sequence;
        if (behind >= WINDOW_PACKETS || (came >> behind & 1) == 0) {
            late++;
            arrived(sequence, timestampMillis, nowNanos);
            came |= behind < WINDOW_PACKETS ? 1L << behind : 0;
        } else {
            duplicates++;
        }
    }

    DeviceEvent.VoiceClosed closed() {
        return new DeviceEvent.VoiceClosed(
                sent,
                received,
                FRAME.multipliedBy(Math.max(0, missing - late)),
                FRAME.multipliedBy(late),
                duplicates,
                FRAME.multipliedBy(longestGap),
                Duration.ofNanos(Math.round(jitterNanos)),
                received == 0 ? null : EModel.mos(received, missing, gaps));
    }
}
