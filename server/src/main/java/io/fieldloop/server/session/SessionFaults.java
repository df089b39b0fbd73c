package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultAction.SessionFault;
import io.fieldloop.server.fault.FaultTable;
import io.fieldloop.server.tls.TlsRequest;
import java.time.Duration;
import java.util.HexFormat;

/** Arms the session-phase faults of a connection; their delays count from the start of the session. */
final class SessionFaults {
    private static final FaultTable<SessionFaults, SessionFault> ARMS = FaultTable.<SessionFaults, SessionFault>of(
                    SessionFault.class)
            .on(
                    FaultAction.CloseSession.class,
                    (all, fault) ->
                            all.on(fault, fault.after(), () -> all.session.close(fault.code(), "", CloseReason.FAULT)))
            .on(FaultAction.DropSession.class, (all, fault) -> all.on(fault, fault.after(), all::drop))
            .on(FaultAction.DropWhenQuiet.class, (all, fault) -> all.dropWhenQuiet(fault, fault.after()))
            .on(
                    FaultAction.ThrowInSession.class,
                    (all, fault) -> all.on(fault, fault.after(), () -> {
                        throw new IllegalStateException("thrown by a fault of the scenario");
                    }))
            .on(FaultAction.ResetSession.class, (all, fault) -> all.on(fault, fault.after(), all::reset))
            .on(FaultAction.IgnorePings.class, (all, fault) -> all.session.ignorePings(fault))
            .on(FaultAction.PauseReading.class, (all, fault) -> all.on(fault, fault.after(), all.link::stopReading))
            .on(FaultAction.TruncateSession.class, (all, fault) -> all.on(fault, fault.after(), all::truncate))
            .on(
                    FaultAction.SendText.class,
                    (all, fault) -> all.on(
                            fault,
                            fault.after(),
                            () -> all.repeat(fault.times(), fault.every(), () -> all.session.sendText(fault.text()))))
            .on(FaultAction.SendBytes.class, (all, fault) -> all.sendBytes(fault))
            .on(
                    FaultAction.SendLargeText.class,
                    (all, fault) -> all.on(fault, fault.after(), () -> all.session.sendText("x".repeat(fault.bytes()))))
            .on(
                    FaultAction.RequestRenegotiation.class,
                    (all, fault) -> all.on(fault, fault.after(), () -> all.link.askTls(TlsRequest.RENEGOTIATION)))
            .on(
                    FaultAction.UpdateKeys.class,
                    (all, fault) -> all.on(fault, fault.after(), () -> all.link.askTls(TlsRequest.KEY_UPDATE)))
            .complete();

    private final Connection connection;
    private final Session session;
    private final DeviceLink link;

    SessionFaults(Session session, DeviceLink link) {
        this.session = session;
        this.link = link;
        this.connection = link.connection();
    }

    void arm() {
        connection.faults(SessionFault.class).forEach(fault -> ARMS.act(this, fault));
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

    private void sendBytes(FaultAction.SendBytes fault) {
        byte[] bytes = HexFormat.of().parseHex(fault.hex().replaceAll("\\s", ""));
        on(fault, fault.after(), () -> repeat(fault.times(), fault.every(), () -> link.sendRaw(bytes)));
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
