package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.profile.PhaseLimits;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time limits of an attempt, of which one runs at any moment; starting the next stops the one before, stopping is for good. */
final class AttemptTimer {

    private final DeviceContext context;
    private final PhaseLimits limits;
    private final Runnable expired;
    private final ReceiveClock heard;
    private @Nullable Future<?> running;
    private boolean stopped;

    AttemptTimer(DeviceContext context, PhaseLimits limits, Runnable expired) {
        this.context = context;
        this.limits = limits;
        this.expired = expired;
        this.heard = new ReceiveClock(context);
    }

    /** What tells it that the peer was heard. */
    ReceiveClock heard() {
        return heard;
    }

    void limitConnect(boolean tls) {
        restart(tls ? limits.tlsConnect() : limits.plainConnect(), expired);
    }

    /** @param elapsed since the attempt began, which some clients' limit counts from */
    void limitTls(Duration elapsed) {
        heard.restart();
        if (limits.openCoversTls()) {
            restart(limits.tlsConnect().minus(elapsed), expired);
        } else {
            restartOnSilence(limits.tlsSilence());
        }
    }

    void limitAnswer() {
        if (limits.openAnswerPerRead()) {
            heard.restart();
            restartOnSilence(limits.openAnswer());
        } else {
            restart(limits.openAnswer(), expired);
        }
    }

    void limitHello() {
        restart(limits.serverHello(), expired);
    }

    private void restart(Duration limit, Runnable then) {
        pause();
        if (!stopped) {
            running = context.schedule(then, limit);
        }
    }

    /** Expires when the peer has not been heard for the limit, however long that takes. */
    private void restartOnSilence(Duration limit) {
        restart(limit.minus(context.since(heard.lastNanos())), () -> {
            if (context.since(heard.lastNanos()).compareTo(limit) >= 0) {
                expired.run();
            } else {
                restartOnSilence(limit);
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
