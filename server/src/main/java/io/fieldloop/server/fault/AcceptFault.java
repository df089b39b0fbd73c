package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.ACCEPTANCE;
import static io.fieldloop.server.fault.FaultPlace.SENT_BYTES;

import io.fieldloop.server.event.FaultPhase;

/** Acts on the connection as soon as it is accepted. */
public sealed interface AcceptFault extends FaultAction {
    @Override
    default FaultPhase phase() {
        return FaultPhase.ACCEPT;
    }

    @Does("Resets the connection at once, as a host without a listener would.")
    @Decides(ACCEPTANCE)
    record RefuseConnection() implements AcceptFault {}

    @Does("Accepts the connection and never reads or writes.")
    @Decides(ACCEPTANCE)
    record StallConnection() implements AcceptFault {}

    @Does("Resets the connection after the gateway sent this many bytes.")
    @Decides(SENT_BYTES)
    record ResetAfterBytes(
            @Param(value = "Bytes the gateway sends first", min = 0, max = 1 << 30)
            long bytes) implements AcceptFault {}

    @Does("Closes the connection in order after the gateway sent this many bytes.")
    @Decides(SENT_BYTES)
    record CloseAfterBytes(
            @Param(value = "Bytes the gateway sends first", min = 0, max = 1 << 30)
            long bytes) implements AcceptFault {}
}
