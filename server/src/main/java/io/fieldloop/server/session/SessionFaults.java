package io.fieldloop.server.session;

import io.fieldloop.server.Connection;
import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.Channel;
import java.time.Duration;

/** Arms the session-phase faults of a connection; their delays count from the upgrade. */
final class SessionFaults {
    private final Connection connection;
    private final WebSocketSession session;
    private final Channel channel;

    SessionFaults(Connection connection, WebSocketSession session, Channel channel) {
        this.connection = connection;
        this.session = session;
        this.channel = channel;
    }

    void arm() {
        connection
                .fault(FaultAction.CloseSession.class)
                .ifPresent(fault -> on(fault, fault.after(), () -> session.close(fault.code(), "", CloseReason.FAULT)));
        connection.fault(FaultAction.DropSession.class).ifPresent(fault -> on(fault, fault.after(), this::drop));
        connection.fault(FaultAction.ResetSession.class).ifPresent(fault -> on(fault, fault.after(), this::reset));
        connection
                .fault(FaultAction.PauseReading.class)
                .ifPresent(fault -> on(fault, fault.after(), session::pauseReading));
    }

    private void on(FaultAction fault, Duration after, Runnable action) {
        session.after(after, () -> {
            connection.applied(fault);
            action.run();
        });
    }

    private void drop() {
        session.end(CloseReason.FAULT, null);
        channel.close();
    }

    private void reset() {
        session.end(CloseReason.FAULT, null);
        connection.reset();
    }
}
