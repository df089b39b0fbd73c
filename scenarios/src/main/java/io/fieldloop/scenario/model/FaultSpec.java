package io.fieldloop.scenario.model;

/** A fault of the gateway, and the connections that meet it. */
@Doc("A fault of the gateway, and the connections that meet it")
public record FaultSpec(
        @Doc("Which connections, counted from 1 since the faults were set: `3`, `1..2`, `2..`") @Default("1..")
        ConnectionRange connections,

        SourcePosition position) {}
