package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Doc;

/** How the gateway answers. */
public enum Stance {
    @Doc("refuses what a production gateway should refuse, with status and reason")
    HARDENED,
    @Doc("answers exactly as xiaozhi-esp32-server does")
    COMPAT;
}
