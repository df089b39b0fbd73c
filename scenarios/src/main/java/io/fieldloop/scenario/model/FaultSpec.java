package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Default;
import io.fieldloop.scenario.shape.Doc;
import io.fieldloop.scenario.shape.Inline;
import io.fieldloop.scenario.shape.SourcePosition;
import io.fieldloop.scenario.shape.Tagged;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultPlace;
import java.util.List;

/** A fault of the gateway, and the connections that meet it. */
@Doc("A fault of the gateway, and the connections that meet it")
public record FaultSpec(
        @Inline @Tagged("do") FaultAction action,

        @Doc(
                "Which connections to a listener of its kind, counted from 1 since the faults were set: `3`, `1..2`, `2..`")
        @Default("1..")
        ConnectionRange connections,

        SourcePosition position) {
    /** Throws an {@link IllegalArgumentException} if some of these cannot all act on one connection. */
    static void requireAllCanAct(List<FaultSpec> faults) {
        FaultPlace.requireAllCanAct(faults.stream().map(FaultSpec::fault).toList());
    }

    /** The fault as the gateway takes it. */
    public Fault fault() {
        return new Fault(action, connections.from(), connections.to());
    }
}
