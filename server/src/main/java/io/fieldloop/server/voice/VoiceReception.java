package io.fieldloop.server.voice;

import io.fieldloop.server.event.VoiceQuality;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
    private int runs;
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
        int ahead = received == 0 ? firstAhead(sequence) : sequence - last;
        if (received > 0) {
            judgeTime(ahead, timestamp, nowNanos);
        }
        received++;
        span += Math.max(ahead, 0);
        runs += ahead > 1 ? 1 : 0;
        seen = ahead >= Long.SIZE ? 1 : (seen << Math.max(ahead, 0)) | 1;
        last = sequence;
        lastTimestamp = timestamp;
        lastNanos = nowNanos;
    }

    /** Sequences begin at 1, so what comes first tells what was lost before it. */
    private static int firstAhead(int sequence) {
        return sequence > 0 && sequence <= Long.SIZE ? sequence : 1;
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
        return new VoiceQuality(
                received,
                missing,
                late,
                duplicates,
                late,
                refused,
                gaps,
                runs,
                Duration.of(jitterMicros, ChronoUnit.MICROS),
                received == 0 ? null : mos(),
                rebinds,
                sent);
    }

    /** What came late was not heard either. */
    private double mos() {
        int unheard = Math.max(0, span - received);
        double fraction = span == 0 ? 0 : (double) unheard / span;
        double meanRun = runs == 0 ? 1 : (double) unheard / runs;
        return EModel.mos(100 * fraction, meanRun * (1 - fraction));
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
