package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What became of the datagrams of one direction, told once a second while there are any. */
final class PassageMeter {
    private static final long WINDOW_MILLIS = 1000;
    private static final double JITTER_SHARE = 16; // RFC 3550, 6.4.1

    private final LinkState link;
    private final Direction direction;
    private long arrived;
    private long lost;
    private long duplicated;
    private long corrupted;
    private long lastTransitNanos = -1;
    private double jitterNanos;
    private boolean open;

    PassageMeter(LinkState link, Direction direction) {
        this.link = link;
        this.direction = direction;
    }

    void arrives(PacketVerdict verdict, long nowNanos) {
        begin();
        arrived++;
        duplicated += verdict.duplicated() ? 1 : 0;
        corrupted += verdict.flippedAt() >= 0 ? 1 : 0;
        long transitNanos = verdict.atNanos() - nowNanos;
        if (lastTransitNanos >= 0) {
            jitterNanos += (Math.abs(transitNanos - lastTransitNanos) - jitterNanos) / JITTER_SHARE;
        }
        lastTransitNanos = transitNanos;
    }

    void loses() {
        begin();
        lost++;
    }

    private void begin() {
        if (!open) {
            open = true;
            link.loop().schedule(this::tell, WINDOW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Tells what has not been told. */
    void tell() {
        if (open) {
            open = false;
            Duration transit = Duration.ofNanos(Math.max(0, lastTransitNanos));
            Duration jitter = Duration.ofNanos(Math.round(jitterNanos));
            link.emit(new LinkEvent.DatagramsPassed(direction, arrived, lost, duplicated, corrupted, transit, jitter));
            arrived = 0;
            lost = 0;
            duplicated = 0;
            corrupted = 0;
        }
    }
}
