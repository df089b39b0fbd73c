package io.fieldloop.qemu.runner.container;

import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineProfile.Origin;

/** Which image a container is made of. It has the machine's QEMU on PATH; its entrypoint, if any, runs what it is given. */
public sealed interface ContainerImage {

    /** ESP-IDF's own image of that release, which ships Espressif's QEMU. */
    String ESPRESSIF = "espressif/idf:v5.5.4";

    /** The one that has the machine: the project's own for {@code lx60}, Espressif's for their chips. */
    static ContainerImage usualFor(Machine machine) {
        return machine.profile().origin() == Origin.DISTRIBUTION ? reference() : new Named(ESPRESSIF);
    }

    /** The project's own: a distribution's QEMU and, in {@code /firmware}, the reference firmware. */
    static ContainerImage reference() {
        return new Built("firmware");
    }

    /** An image that is there, or is pulled once. */
    record Named(String reference) implements ContainerImage {}

    /**
     * Built once, on this computer, from a folder of the class path that has a Dockerfile.
     *
     * @param folder for instance {@code firmware}, the reference firmware with a QEMU
     */
    record Built(String folder) implements ContainerImage {}
}
