package io.fieldloop.server.session;

import io.fieldloop.server.event.CloseReason;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Pings the device at intervals and gives up on it when a pong is overdue. */
final class Keepalive {
    private final Session session;
    private final SessionConfig.Ping ping;
    private @Nullable Future<?> overdue;

    Keepalive(Session session, SessionConfig.Ping ping) {
        this.session = session;
        this.ping = ping;
    }

    void begin() {
        session.after(ping.every(), this::ping);
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
        overdue = session.after(
                ping.timeout(),
                () -> session.close(1011, "keepalive ping timeout", CloseReason.KEEPALIVE_PING_TIMEOUT));
        session.sendPing();
    }
}
