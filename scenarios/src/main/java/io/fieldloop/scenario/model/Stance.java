package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** How the gateway answers. */
public enum Stance {
    @Doc("refuses what a production gateway should refuse, with status and reason")
    HARDENED,
    @Doc("answers exactly as xiaozhi-esp32-server does")
    COMPAT;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
