package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultTable;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.SessionFault.CloseSession;
import io.fieldloop.server.fault.SessionFault.DropSession;
import io.fieldloop.server.fault.SessionFault.DropWhenQuiet;
import io.fieldloop.server.fault.SessionFault.IgnorePings;
import io.fieldloop.server.fault.SessionFault.PauseReading;
import io.fieldloop.server.fault.SessionFault.Rekey;
import io.fieldloop.server.fault.SessionFault.RequestRenegotiation;
import io.fieldloop.server.fault.SessionFault.ResetSession;
import io.fieldloop.server.fault.SessionFault.SayGoodbye;
import io.fieldloop.server.fault.SessionFault.SendBytes;
import io.fieldloop.server.fault.SessionFault.SendLargeText;
import io.fieldloop.server.fault.SessionFault.SendText;
import io.fieldloop.server.fault.SessionFault.ThrowInSession;
import io.fieldloop.server.fault.SessionFault.TimedFault;
import io.fieldloop.server.fault.SessionFault.TruncateSession;
import io.fieldloop.server.fault.SessionFault.UpdateKeys;
import io.fieldloop.server.tls.TlsRequest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Arms the session-phase faults of a connection; their delays count from the start of the session. */
final class SessionFaults {
    private static final FaultTable<SessionFaults, SessionFault> ARMS = new FaultTable<SessionFaults, SessionFault>(
                    SessionFault.class)
            .on(CloseSession.class, (all, fault) -> all.on(fault, () -> all.close(fault.code())))
            .on(DropSession.class, (all, fault) -> all.on(fault, all::drop))
            .on(DropWhenQuiet.class, (all, fault) -> all.dropWhenQuiet(fault, fault.after()))
            .on(ThrowInSession.class, (all, fault) -> all.on(fault, SessionFaults::fail))
            .on(ResetSession.class, (all, fault) -> all.on(fault, all::reset))
            .on(IgnorePings.class, (all, fault) -> all.session.pings().ignore(fault))
            .on(PauseReading.class, (all, fault) -> all.on(fault, all.session::stopReading))
            .on(TruncateSession.class, (all, fault) -> all.on(fault, all::truncate))
            .on(SendText.class, (all, fault) -> all.sendText(fault))
            .on(SendBytes.class, (all, fault) -> all.sendBytes(fault))
            .on(SendLargeText.class, (all, fault) -> all.on(fault, () -> all.sendLetters(fault.bytes())))
            .on(RequestRenegotiation.class, (all, fault) -> all.on(fault, () -> all.ask(TlsRequest.RENEGOTIATION)))
            .on(UpdateKeys.class, (all, fault) -> all.on(fault, () -> all.ask(TlsRequest.KEY_UPDATE)))
            .on(SayGoodbye.class, (all, fault) -> all.on(fault, () -> Goodbye.say(all.session, fault.session())))
            .on(Rekey.class, (all, fault) -> all.on(fault, all.session::rekey))
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

    /** Arms those that came up while the session is open and are for its device; their delays count from now. */
    void arm(List<Fault> late) {
        late.stream()
                .filter(fault -> fault.action() instanceof SessionFault && connection.meets(fault))
                .forEach(fault -> ARMS.act(this, (SessionFault) fault.action()));
    }

    private void dropWhenQuiet(DropWhenQuiet fault, Duration left) {
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

    private static void fail() {
        throw new IllegalStateException("thrown by a fault of the scenario");
    }

    private void sendText(SendText fault) {
        on(fault, () -> repeat(fault.times(), fault.every(), () -> session.sendText(fault.text())));
    }

    private void sendLetters(int count) {
        session.sendText("x".repeat(count));
    }

    private void ask(TlsRequest request) {
        link.askTls(request);
    }

    private void sendBytes(SendBytes fault) {
        byte[] bytes = HexFormat.of().parseHex(fault.hex().replaceAll("\\s", ""));
        on(fault, () -> repeat(fault.times(), fault.every(), () -> link.sendRaw(bytes)));
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

    private void on(TimedFault fault, Runnable action) {
        session.after(fault.after(), () -> {
            connection.applied(fault);
            action.run();
        });
    }

    private void close(int code) {
        session.close(code, "", CloseReason.FAULT);
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
