package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.annotation.Doc;

/** The rigs a scenario can be limited to. */
public enum RigKind {
    @Doc("everything in one thread, in virtual time")
    VIRTUAL,
    @Doc("real sockets on loopback, wall clock")
    SOCKET,
    @Doc("real firmware in QEMU, wall clock")
    QEMU;

    /** The word in the file. */
    public String wireName() {
        return Kebab.kebab(name());
    }
}
