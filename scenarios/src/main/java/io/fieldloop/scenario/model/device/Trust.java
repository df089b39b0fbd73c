package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Doc;

/** Which authorities a device knows. */
public enum Trust {
    @Doc("the authority of this run")
    RUN_CA,
    @Doc("the one below it that has signed the gateway's certificate, as firmware with a pinned intermediate")
    INTERMEDIATE,
    @Doc("none")
    NOTHING;
}
