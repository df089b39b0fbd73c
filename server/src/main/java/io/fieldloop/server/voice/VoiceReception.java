package io.fieldloop.server.voice;

import io.fieldloop.server.event.VoiceQuality;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Judges how the audio of one direction came through, in the memory of a few numbers.
 *
 * <p>Fields are ints, so that other threads may read them at any time. A device that streams nothing between two utterances is
 * silent, not late: a pause of more than two seconds is neither a gap nor jitter.
 */
final class VoiceReception {
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** RFC 3550, 6.4.1: the gain of the jitter estimator. */
    private static final int JITTER_GAIN = 16;

    private int received;
    private int span;
    private int late;
    private int duplicates;
    private int refused;
    private int gaps;
    private int jitterMicros;
    private double jitterNanos;
    private int last;
    private int lastTimestamp;
    private long lastNanos;

    /** Bit n: the packet n before the last one was here. */
    private long seen;

    /** A packet was taken. */
    void taken(int sequence, int timestamp, long nowNanos) {
        int ahead = received == 0 ? 1 : sequence - last;
        if (received > 0) {
            judgeTime(ahead, timestamp, nowNanos);
        }
        received++;
        span += Math.max(ahead, 0);
        seen = ahead >= Long.SIZE ? 1 : (seen << Math.max(ahead, 0)) | 1;
        last = sequence;
        lastTimestamp = timestamp;
        lastNanos = nowNanos;
    }

    /** A packet came that was taken before, or one before it; this tells which. */
    void old(int sequence) {
        int behind = last - sequence;
        boolean known = behind >= 0 && behind < Long.SIZE && ((seen >>> behind) & 1) != 0;
        if (known) {
            duplicates++;
        } else {
            late++;
            if (behind > 0 && behind < Long.SIZE) {
                seen |= 1L << behind;
            }
        }
    }

    /** A packet came that is no good for another reason. */
    void refused() {
        refused++;
    }

    VoiceQuality quality(int rebinds, long sent) {
        int missing = Math.max(0, span - received - late);
        double unheard = span == 0 ? 0 : 100.0 * Math.max(0, span - received) / span;
        return new VoiceQuality(
                received,
                missing,
                late,
                duplicates,
                late,
                refused,
                gaps,
                Duration.of(jitterMicros, java.time.temporal.ChronoUnit.MICROS),
                received == 0 ? null : EModel.mos(unheard, jitterMicros / 1000.0),
                rebinds,
                sent);
    }

    /** The sender's clock is its timestamp, or its sequence where it sends none. */
    private void judgeTime(int ahead, int timestamp, long nowNanos) {
        long apart = nowNanos - lastNanos;
        if (apart > PAUSE_NANOS) {
            return;
        }
        if (apart > GAP_NANOS) {
            gaps++;
        }
        long sentApart = timestamp == 0 || lastTimestamp == 0
                ? ahead * FRAME_NANOS
                : TimeUnit.MILLISECONDS.toNanos(timestamp - lastTimestamp);
        jitterNanos += (Math.abs(apart - sentApart) - jitterNanos) / JITTER_GAIN;
        jitterMicros = (int) Math.min(Integer.MAX_VALUE, jitterNanos / 1000);
    }
}
