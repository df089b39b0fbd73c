package io.fieldloop.server.session;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a session began, when its device last sent a message, and when either side last sent anything. */
final class SessionClock {
    private final LongSupplier nanoTime;
    private final long openedNanos;
    private long lastInputNanos;
    private long lastTrafficNanos;

    SessionClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.openedNanos = nanoTime.getAsLong();
        this.lastInputNanos = openedNanos;
        this.lastTrafficNanos = openedNanos;
    }

    /** The device sent a message. */
    void input() {
        traffic();
        lastInputNanos = lastTrafficNanos;
    }

    /** Either side sent something, pings and pongs included. */
    void traffic() {
        lastTrafficNanos = nanoTime.getAsLong();
    }

    Duration sinceOpened() {
        return since(openedNanos);
    }

    Duration sinceInput() {
        return since(lastInputNanos);
    }

    Duration sinceTraffic() {
        return since(lastTrafficNanos);
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }
}
