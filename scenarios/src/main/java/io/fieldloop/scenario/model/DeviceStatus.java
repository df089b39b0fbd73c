package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.annotation.Doc;

/** What a device is, or has done. */
public enum DeviceStatus {
    @Doc("the channel is open: hello was answered")
    ONLINE,
    @Doc("an attempt to open the channel failed")
    REFUSED,
    @Doc("an open channel was lost or closed")
    OFFLINE,
    @Doc("a turn was completed: all of the speech was sent, the reply was heard to its end")
    TALKED,
    @Doc("the server answered into the user's speech, and the rest of what the user said was lost")
    INTERRUPTED;

    /** The word in the file. */
    public String wireName() {
        return Kebab.kebab(name());
    }
}
