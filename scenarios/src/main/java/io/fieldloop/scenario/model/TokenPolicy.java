package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** Whether the gateway asks devices for a token. */
public enum TokenPolicy {
    @Doc("checked when present")
    OPTIONAL,
    @Doc("refused without one")
    REQUIRED;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
