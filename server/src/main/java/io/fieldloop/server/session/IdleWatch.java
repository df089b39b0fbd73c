package io.fieldloop.server.session;

import java.time.Duration;
import java.util.function.Supplier;

/** Notices that a device has said nothing for so long; what becomes of that is the session's affair. */
final class IdleWatch {
    private final Session session;
    private final Duration limit;
    private final Supplier<Duration> silent;
    private final Runnable idle;
    private boolean on;

    IdleWatch(Session session, Duration limit, Supplier<Duration> silent, Runnable idle) {
        this.session = session;
        this.limit = limit;
        this.silent = silent;
        this.idle = idle;
    }

    boolean on() {
        return on;
    }

    void begin() {
        if (!on) {
            on = true;
            lookAfter(limit);
        }
    }

    private void lookAfter(Duration left) {
        session.after(left, () -> {
            Duration still = limit.minus(silent.get());
            if (still.isZero() || still.isNegative()) {
                on = false;
                idle.run();
            } else {
                lookAfter(still);
            }
        });
    }
}
