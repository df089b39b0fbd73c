package io.fieldloop.device.mqtt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.profile.Dialect;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a client asks its broker for a sign of life (espressif/esp-mqtt, process_keepalive()).
 *
 * <p>esp-mqtt asks half a keep-alive after the connection came up or the last answer came, whatever it sends in between, and gives up half
 * a keep-alive later. A modem is told to ask once per keep-alive; how long it waits then is assumed.
 */
final class MqttPings {

    private final DeviceContext context;
    private final Duration every;
    private final Duration patience;
    private final Runnable ping;
    private final Runnable unanswered;
    private @Nullable Future<?> timer;

    MqttPings(DeviceContext context, int keepAliveSeconds, Runnable ping, Runnable unanswered) {
        Duration keepAlive = Duration.ofSeconds(keepAliveSeconds);
        boolean modem = context.profile().dialect() == Dialect.XIAOZHI_MODEM;
        this.context = context;
        this.every = modem ? keepAlive : keepAlive.dividedBy(2);
        this.patience = keepAlive.dividedBy(2);
        this.ping = ping;
        this.unanswered = unanswered;
    }

    /** The connection is up. */
    void start() {
        stop();
        if (!every.isZero()) {
            timer = context.schedule(this::ask, every);
        }
    }

    void answered() {
        if (timer != null) {
            start();
        }
    }

    private void ask() {
        timer = context.schedule(unanswered, patience);
        ping.run();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
