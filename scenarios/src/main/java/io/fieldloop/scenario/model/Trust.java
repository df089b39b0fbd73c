package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;

/** Which authorities a device knows. */
public enum Trust {
    @Doc("the authority of this run")
    RUN_CA,
    @Doc("none")
    NOTHING;
}
