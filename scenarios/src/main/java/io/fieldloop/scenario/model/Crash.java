package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Doc;

/** The ways firmware fails as a whole, told apart because a file may live with one and not with another. */
public enum Crash {
    @Doc("a CPU exception, `abort()`, a failed assertion, an overflowed stack")
    PANIC,
    @Doc("a watchdog that was not fed resets the chip, or has its panic handler do so")
    WATCHDOG_RESET,
    @Doc("so many resets in so short a time that it is not going to come up")
    BOOT_LOOP
}
