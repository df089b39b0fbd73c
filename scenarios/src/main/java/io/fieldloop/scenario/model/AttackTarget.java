package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;

/** The port an adversary goes to. */
public enum AttackTarget {
    @Doc("the plain port, gateway.test:8000")
    WS,
    @Doc("the TLS port, gateway.test:443")
    WSS;
}
