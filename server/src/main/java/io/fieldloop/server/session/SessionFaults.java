package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.tls.TlsRequest;
import java.time.Duration;
import java.util.HexFormat;

/** Arms the session-phase faults of a connection; their delays count from the upgrade. */
final class SessionFaults {
    private final Connection connection;
    private final Session session;
    private final DeviceLink link;

    SessionFaults(Session session, DeviceLink link) {
        this.session = session;
        this.link = link;
        this.connection = link.connection();
    }

    void arm() {
        connection
                .fault(FaultAction.CloseSession.class)
                .ifPresent(fault -> on(fault, fault.after(), () -> session.close(fault.code(), "", CloseReason.FAULT)));
        connection.fault(FaultAction.DropSession.class).ifPresent(fault -> on(fault, fault.after(), this::drop));
        connection.fault(FaultAction.DropWhenQuiet.class).ifPresent(fault -> dropWhenQuiet(fault, fault.after()));
        connection
                .fault(FaultAction.ThrowInSession.class)
                .ifPresent(fault -> on(fault, fault.after(), () -> {
                    throw new IllegalStateException("thrown by a fault of the scenario");
                }));
        connection.fault(FaultAction.ResetSession.class).ifPresent(fault -> on(fault, fault.after(), this::reset));
        connection
                .fault(FaultAction.PauseReading.class)
                .ifPresent(fault -> on(fault, fault.after(), link::stopReading));
        connection
                .fault(FaultAction.TruncateSession.class)
                .ifPresent(fault -> on(fault, fault.after(), this::truncate));
        armSending();
        connection
                .fault(FaultAction.RequestRenegotiation.class)
                .ifPresent(fault -> on(fault, fault.after(), () -> link.askTls(TlsRequest.RENEGOTIATION)));
        connection
                .fault(FaultAction.UpdateKeys.class)
                .ifPresent(fault -> on(fault, fault.after(), () -> link.askTls(TlsRequest.KEY_UPDATE)));
    }

    private void armSending() {
        for (FaultAction.SendText fault : connection.faults(FaultAction.SendText.class)) {
            on(fault, fault.after(), () -> repeat(fault.times(), fault.every(), () -> session.sendText(fault.text())));
        }
        for (FaultAction.SendBytes fault : connection.faults(FaultAction.SendBytes.class)) {
            byte[] bytes = HexFormat.of().parseHex(fault.hex().replaceAll("\\s", ""));
            on(fault, fault.after(), () -> repeat(fault.times(), fault.every(), () -> link.sendRaw(bytes)));
        }
        connection
                .fault(FaultAction.SendLargeText.class)
                .ifPresent(fault -> on(fault, fault.after(), () -> session.sendText("x".repeat(fault.bytes()))));
    }

    private void dropWhenQuiet(FaultAction.DropWhenQuiet fault, Duration left) {
        session.after(left, () -> {
            Duration still = fault.after().minus(session.quiet());
            if (still.isZero() || still.isNegative()) {
                connection.applied(fault);
                drop();
            } else {
                dropWhenQuiet(fault, still);
            }
        });
    }

    private void repeat(int times, Duration every, Runnable action) {
        if (!link.isOpen()) {
            return;
        }
        action.run();
        if (times > 1) {
            session.after(every, () -> repeat(times - 1, every, action));
        }
    }

    private void truncate() {
        session.end(CloseReason.FAULT, null);
        link.truncate();
    }

    private void on(FaultAction fault, Duration after, Runnable action) {
        session.after(after, () -> {
            connection.applied(fault);
            action.run();
        });
    }

    private void drop() {
        session.end(CloseReason.FAULT, null);
        link.close();
    }

    private void reset() {
        session.end(CloseReason.FAULT, null);
        connection.reset();
    }
}
