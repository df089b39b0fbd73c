package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Doc;

/** Whether the gateway asks devices for a token. */
public enum TokenPolicy {
    @Doc("checked when present")
    OPTIONAL,
    @Doc("refused without one")
    REQUIRED;
}
