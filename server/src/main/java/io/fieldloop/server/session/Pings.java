package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.PatientTimer;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.SessionFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pings of a session: answers the device's, sends its own at intervals, and gives up on the device when a pong is overdue. */
final class Pings {
    private final Session session;
    private final DeviceLink link;
    private final SessionClock clock;
    private final Connection connection;
    private final SessionConfig.@Nullable Ping own;
    private @Nullable PatientTimer overdue;
    private SessionFault.@Nullable IgnorePings ignored;
    private long sentNanos;
    private volatile @Nullable Duration measured;

    /** @param own how it pings the device, or null for not at all */
    Pings(Session session, DeviceLink link, SessionClock clock, SessionConfig.@Nullable Ping own) {
        this.session = session;
        this.link = link;
        this.clock = clock;
        this.connection = session.connection();
        this.own = own;
    }

    void begin() {
        if (own != null) {
            sendAfter(own);
        }
    }

    /** None is answered from now on, because a fault asks for that. */
    void ignore(SessionFault.IgnorePings fault) {
        ignored = fault;
    }

    /** The device sent one; true if it is to be answered. */
    boolean answers() {
        clock.traffic();
        connection.emit(new GatewayEvent.PingReceived(connection.id()));
        if (ignored != null) {
            connection.applied(ignored);
        }
        return ignored == null;
    }

    /** The device answered one. */
    void answered() {
        clock.traffic();
        connection.emit(new GatewayEvent.PongReceived(connection.id()));
        if (overdue != null) {
            measured = Duration.ofNanos(connection.nanoTime() - sentNanos);
            overdue.cancel();
            overdue = null;
            begin();
        }
    }

    /** Of its latest ping that was answered, else what the kernel knows of the connection; may be asked on any thread. */
    @Nullable
    Duration roundTrip() {
        Duration own = measured;
        return own == null ? connection.roundTrip() : own;
    }

    private void sendAfter(SessionConfig.Ping ping) {
        session.after(ping.every(), () -> send(ping));
    }

    /** Waits and reports before it sends: in one process the pong comes while the ping is still being written. */
    private void send(SessionConfig.Ping ping) {
        overdue = session.after(
                ping.timeout(),
                () -> session.close(1011, "keepalive ping timeout", CloseReason.KEEPALIVE_PING_TIMEOUT));
        connection.emit(new GatewayEvent.PingSent(connection.id()));
        clock.traffic();
        sentNanos = connection.nanoTime();
        link.sendPing(connection.random().nextInt());
    }
}
