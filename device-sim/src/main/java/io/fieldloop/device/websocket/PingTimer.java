package io.fieldloop.device.websocket;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.profile.KeepAlive;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The pings a client sends of its own accord, and its patience with the pongs (esp_websocket_client.c 1.8.0, WEBSOCKET_STATE_CONNECTED). */
final class PingTimer {

    private final DeviceContext context;
    private final WebSocketConnection connection;
    private final KeepAlive keepAlive;
    private final Runnable unanswered;
    private @Nullable Future<?> next;
    private boolean awaitsPong;
    private long awaitedSinceNanos;

    /** @param unanswered called once when no pong came for too long */
    PingTimer(DeviceContext context, WebSocketConnection connection, Runnable unanswered) {
        this.context = context;
        this.connection = connection;
        this.keepAlive = context.profile().keepAlive();
        this.unanswered = unanswered;
    }

    void start() {
        if (keepAlive.pings()) {
            next = context.schedule(this::tick, keepAlive.pingEvery());
        }
    }

    private void tick() {
        if (awaitsPong && context.since(awaitedSinceNanos).compareTo(keepAlive.pongWithin()) >= 0) {
            unanswered.run();
            return;
        }
        connection.ping();
        if (!awaitsPong) {
            awaitsPong = true;
            awaitedSinceNanos = context.nanoTime();
        }
        start();
    }

    void pong() {
        awaitsPong = false;
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }
}
