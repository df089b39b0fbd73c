package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import java.time.Duration;

/** When the parts of an attempt were over, and its outcome with these times in it. */
final class AttemptTimes {

    private final DeviceContext context;
    private final long startedNanos;
    private boolean connected;
    private long connectedNanos;
    private long openedNanos;

    AttemptTimes(DeviceContext context) {
        this.context = context;
        this.startedNanos = context.nanoTime();
    }

    Duration elapsed() {
        return context.since(startedNanos);
    }

    boolean isConnected() {
        return connected;
    }

    /** TCP is up. */
    void connected() {
        connected = true;
        connectedNanos = context.nanoTime();
    }

    /** The channel is open, and the server's hello awaited. */
    void opened() {
        openedNanos = context.nanoTime();
    }

    ConnectOutcome.Online online(ServerHello hello) {
        return new ConnectOutcome.Online(
                elapsed(),
                hello.sessionId(),
                Duration.ofNanos(connectedNanos - startedNanos),
                Duration.ofNanos(openedNanos - connectedNanos),
                context.since(openedNanos));
    }

    ConnectOutcome.Failed failed(AttemptFault fault, FailureReport report) {
        return new ConnectOutcome.Failed(
                fault.reason(),
                report.code(),
                report.text(),
                elapsed(),
                fault.phase(),
                fault.alertSent(),
                fault.alertReceived(),
                fault.status());
    }
}
