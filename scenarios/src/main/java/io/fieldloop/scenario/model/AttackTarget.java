package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** The port an adversary goes to. */
public enum AttackTarget {
    @Doc("the plain port, gateway.test:8000")
    WS,
    @Doc("the TLS port, gateway.test:443")
    WSS;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
