package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Doc;

/** What the sender of a packet notices of an outage. */
public enum OutageKind {
    @Doc("packets vanish")
    SILENT,
    @Doc("new connections are refused at once")
    REFUSED;
}
