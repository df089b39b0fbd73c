package io.fieldloop.server.mqtt;

import io.fieldloop.server.event.CloseReason;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.time.Duration;

/**
 * Ends a connection that was silent for one and a half times its keep-alive (MQTT 5, 3.1.2.10).
 *
 * <p>xiaozhi-mqtt-gateway looks once a second and counts what it sends itself as a sign of life, so it does not notice a dead device
 * that it speaks to.
 */
final class KeepAliveWatch {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final MqttClient client;
    private final long limitNanos;
    private final long beganNanos;
    private final boolean hardened;
    private long lastNanos;

    private KeepAliveWatch(MqttClient client, Duration keepAlive, boolean hardened) {
        this.client = client;
        this.limitNanos = keepAlive.toNanos() * 3 / 2;
        this.hardened = hardened;
        this.beganNanos = client.connection().nanoTime();
        this.lastNanos = beganNanos;
    }

    /** Watches from now on, unless the client promised nothing. */
    static KeepAliveWatch begin(MqttClient client, Duration keepAlive, boolean hardened) {
        KeepAliveWatch watch = new KeepAliveWatch(client, keepAlive, hardened);
        if (!keepAlive.isZero()) {
            watch.lookAfter(watch.limitNanos);
        }
        return watch;
    }

    /** The client sent a packet. */
    void heard() {
        lastNanos = client.connection().nanoTime();
    }

    /** The gateway sent one. */
    void spoke() {
        if (!hardened) {
            heard();
        }
    }

    private void lookAfter(long nanos) {
        client.session().after(Duration.ofNanos(nanos), this::look);
    }

    private void look() {
        long now = client.connection().nanoTime();
        long left = lastNanos + limitNanos - now;
        if (!hardened) {
            left = wholeSeconds(lastNanos + limitNanos - beganNanos) + beganNanos - now;
        }
        if (left > 0) {
            lookAfter(left);
        } else {
            client.disconnect(MqttReasonCodes.Disconnect.KEEP_ALIVE_TIMEOUT, CloseReason.KEEPALIVE_TIMEOUT);
        }
    }

    private static long wholeSeconds(long nanos) {
        return (nanos + SECOND_NANOS - 1) / SECOND_NANOS * SECOND_NANOS;
    }
}
