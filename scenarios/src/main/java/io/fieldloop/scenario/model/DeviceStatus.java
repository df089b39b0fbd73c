package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** What a device is, or has done. */
public enum DeviceStatus {
    @Doc("the channel is open: hello was answered")
    ONLINE,
    @Doc("an attempt to open the channel failed")
    REFUSED,
    @Doc("an open channel was lost or closed")
    OFFLINE,
    @Doc("a turn was completed: speech sent, reply heard")
    TALKED;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
