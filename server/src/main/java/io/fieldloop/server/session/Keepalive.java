package io.fieldloop.server.session;

import io.fieldloop.server.event.CloseReason;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Pings the device at intervals and gives up on it when a pong is overdue. */
final class Keepalive {
    private final DeviceLink link;
    private final SessionConfig.Ping ping;
    private final Runnable sendPing;
    private @Nullable Future<?> overdue;

    Keepalive(DeviceLink link, SessionConfig.Ping ping, Runnable sendPing) {
        this.link = link;
        this.ping = ping;
        this.sendPing = sendPing;
    }

    void begin() {
        link.after(ping.every(), this::ping);
    }

    void pong() {
        if (overdue != null) {
            overdue.cancel(false);
            overdue = null;
            begin();
        }
    }

    /** Waits before it sends: in one process and virtual time the pong comes while the ping is still being written. */
    private void ping() {
        overdue = link.after(
                ping.timeout(), () -> link.close(1011, "keepalive ping timeout", CloseReason.KEEPALIVE_PING_TIMEOUT));
        sendPing.run();
    }
}
