package io.fieldloop.scenario.model;

import java.util.Locale;

/** What is wrong with a certificate. */
public enum Defect {
    @Doc("nothing")
    NONE,
    @Doc("it has ended")
    EXPIRED,
    @Doc("it has not begun")
    NOT_YET_VALID,
    @Doc("it is for another host")
    WRONG_NAME,
    @Doc("the intermediate certificate is not sent")
    MISSING_INTERMEDIATE,
    @Doc("no authority signed it")
    SELF_SIGNED,
    @Doc("an authority signed it that the device does not know")
    FOREIGN_CA;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
