package io.fieldloop.qemu.runner;

import java.nio.file.Path;

/** Directories among the temporary files for what belongs to a machine; those of a killed process are removed at the next start. */
public final class MachineDirectory {
    private MachineDirectory() {}

    /** A new one, with a short path, since sockets may lie in it; whoever made it removes it. */
    public static Path create() {
        return ControlDirectory.create().path();
    }
}
