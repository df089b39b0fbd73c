package io.fieldloop.device.ota;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceState;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one pause the firmware's activation task makes at any moment. */
final class Waits {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final DeviceContext context;
    private @Nullable Future<?> timer;
    private @Nullable Runnable polled;
    private long beganNanos;

    Waits(DeviceContext context) {
        this.context = context;
    }

    void after(Duration pause, Runnable then) {
        stop();
        timer = context.schedule(then, pause);
    }

    /** A pause that is looked at every second, and over as soon as the device is then idle; returns how long it will be as things are. */
    Duration polled(Duration pause, Runnable then) {
        Duration lasts = context.state() == DeviceState.IDLE ? SECOND : pause;
        after(lasts, () -> {
            polled = null;
            then.run();
        });
        polled = then;
        beganNanos = context.nanoTime();
        return lasts;
    }

    /** The device became idle. */
    void idle() {
        Runnable then = polled;
        if (then != null) {
            long inSecond = context.since(beganNanos).toNanos() % SECOND.toNanos();
            after(Duration.ofNanos(SECOND.toNanos() - inSecond), then);
        }
    }

    void stop() {
        polled = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
