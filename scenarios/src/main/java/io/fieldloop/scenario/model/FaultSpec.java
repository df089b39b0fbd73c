package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Default;
import io.fieldloop.scenario.shape.Doc;
import io.fieldloop.scenario.shape.Inline;
import io.fieldloop.scenario.shape.SourcePosition;
import io.fieldloop.scenario.shape.Tagged;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;

/** A fault of the gateway, and the connections that meet it. */
@Doc("A fault of the gateway, and the connections that meet it")
public record FaultSpec(
        @Inline @Tagged("do") FaultAction action,

        @Doc("Which connections, counted from 1 since the faults were set: `3`, `1..2`, `2..`") @Default("1..")
        ConnectionRange connections,

        SourcePosition position) {
    /** The fault as the gateway takes it. */
    public Fault fault() {
        return new Fault(action, connections.from(), connections.to());
    }
}
