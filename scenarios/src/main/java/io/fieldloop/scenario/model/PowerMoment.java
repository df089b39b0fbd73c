package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Doc;

/** When, of one write into flash, the power goes. */
public enum PowerMoment {
    @Doc("Nothing of it is in the flash")
    BEFORE,
    @Doc("The first half of it is, and of the byte where it stopped half of the bits")
    TORN,
    @Doc("All of it is in the flash")
    AFTER
}
