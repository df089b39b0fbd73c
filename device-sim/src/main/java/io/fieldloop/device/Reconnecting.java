package io.fieldloop.device;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a device that has no channel tries again: by its client's own rule, or as often as its user would, whose policy goes first. */
final class Reconnecting {

    private final DeviceContext context;
    private final UserPolicy policy;
    private final Runnable open;
    private int attemptsLeft;
    private @Nullable Future<?> next;

    Reconnecting(DeviceContext context, UserPolicy policy, Runnable open) {
        this.context = context;
        this.policy = policy;
        this.open = open;
    }

    /** The user has all attempts again. */
    void renew() {
        attemptsLeft = policy.attempts();
    }

    /** Nothing follows from what {@code ending} ends, since the user is about to open a channel anew. */
    void without(Runnable ending) {
        int attempts = attemptsLeft;
        attemptsLeft = 0;
        ending.run();
        attemptsLeft = attempts;
    }

    /** @param byItself whether the client may follow its own rule */
    void schedule(boolean byItself) {
        Duration own = context.profile().keepAlive().reconnectAfter();
        if (byItself && policy.attempts() == 0 && !own.isZero()) {
            context.log(LogLevel.INFO, "websocket_client", "Reconnect after " + own.toMillis() + " ms");
            openAfter(own);
        } else if (attemptsLeft > 0) {
            attemptsLeft--;
            double share = context.random().nextDouble();
            openAfter(policy.after().plusNanos((long) (share * policy.spread().toNanos())));
        }
    }

    private void openAfter(Duration pause) {
        context.emit(new DeviceEvent.ReconnectScheduled(pause));
        next = context.schedule(open, pause);
    }

    /** What was scheduled is not done. */
    void cancel() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    /** Neither that nor anything later, until {@link #renew()}. */
    void stop() {
        cancel();
        attemptsLeft = 0;
    }
}
