package io.fieldloop.device.mqtt;

import io.fieldloop.device.context.DeviceContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a client asks its broker for a sign of life (espressif/esp-mqtt, process_keepalive()).
 *
 * <p>esp-mqtt asks half a keep-alive after the connection came up or the last answer came, whatever it sends in between, and gives up half
 * a keep-alive later.
 */
final class MqttPings {

    private final DeviceContext context;
    private final Duration half;
    private final Runnable ping;
    private final Runnable unanswered;
    private @Nullable Future<?> timer;

    MqttPings(DeviceContext context, int keepAliveSeconds, Runnable ping, Runnable unanswered) {
        Duration keepAlive = Duration.ofSeconds(keepAliveSeconds);
        this.context = context;
        this.half = keepAlive.dividedBy(2);
        this.ping = ping;
        this.unanswered = unanswered;
    }

    /** The connection is up. */
    void start() {
        stop();
        if (!half.isZero()) {
            timer = context.schedule(this::ask, half);
        }
    }

    void answered() {
        if (timer != null) {
            start();
        }
    }

    private void ask() {
        timer = context.schedule(unanswered, half);
        ping.run();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
