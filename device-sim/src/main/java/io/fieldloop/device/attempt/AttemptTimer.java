package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one time limit that is running at any moment of an attempt; starting the next stops the one before, stopping is for good. */
final class AttemptTimer {

    private final DeviceContext context;
    private @Nullable Future<?> running;
    private boolean stopped;

    AttemptTimer(DeviceContext context) {
        this.context = context;
    }

    void restart(Duration limit, Runnable expired) {
        pause();
        if (!stopped) {
            running = context.schedule(expired, limit);
        }
    }

    /** Expires when the peer has not been heard for the limit, however long that takes. */
    void restartOnSilence(Duration limit, ReceiveClock heard, Runnable expired) {
        Duration left = limit.minus(context.since(heard.lastNanos()));
        restart(left, () -> {
            if (context.since(heard.lastNanos()).compareTo(limit) >= 0) {
                expired.run();
            } else {
                restartOnSilence(limit, heard, expired);
            }
        });
    }

    void pause() {
        if (running != null) {
            running.cancel(false);
        }
    }

    void stop() {
        stopped = true;
        pause();
    }
}
