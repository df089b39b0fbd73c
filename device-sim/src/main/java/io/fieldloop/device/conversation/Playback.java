package io.fieldloop.device.conversation;

import java.time.Duration;

/** The decode queue between network and loudspeaker: 40 packets, played one per frame duration, overflow dropped in silence. */
final class Playback {

    /** MAX_DECODE_PACKETS_IN_QUEUE: 2400 ms / 60 ms. */
    static final int QUEUE_PACKETS_MAX = 40;

    private final long frameNanos;
    private long playedUntilNanos;
    private boolean started;
    private long frames;
    private long bytes;
    private long dropped;

    Playback(Duration frameDuration) {
        this.frameNanos = frameDuration.toNanos();
    }

    /** A packet arrived while the device was speaking. */
    void queue(long opusBytes, long nowNanos) {
        if (!started || playedUntilNanos - nowNanos < 0) {
            started = true;
            playedUntilNanos = nowNanos;
        }
        long queued = (playedUntilNanos - nowNanos + frameNanos - 1) / frameNanos;
        if (queued >= QUEUE_PACKETS_MAX) {
            dropped++;
        } else {
            playedUntilNanos += frameNanos;
            frames++;
            bytes += opusBytes;
        }
    }

    /** A packet arrived while the device was not speaking, or could not be read. */
    void drop() {
        dropped++;
    }

    boolean isSilent() {
        return frames == 0 && dropped == 0;
    }

    long frames() {
        return frames;
    }

    long bytes() {
        return bytes;
    }

    long dropped() {
        return dropped;
    }
}
