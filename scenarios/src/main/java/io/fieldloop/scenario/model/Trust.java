package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** Which authorities a device knows. */
public enum Trust {
    @Doc("the authority of this run")
    RUN_CA,
    @Doc("none")
    NOTHING;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
