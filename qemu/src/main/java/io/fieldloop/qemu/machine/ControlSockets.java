package io.fieldloop.qemu.machine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the harness hears a machine's console, a pair of pipes of that name with an ending, and the Unix socket that controls its QEMU. */
public record ControlSockets(Path console, Path qmp) {
    /** {@code sockaddr_un.sun_path}, less its final zero. */
    private static final int ADDRESS_BYTES_MAX = 107;

    public static ControlSockets in(Path directory) {
        return new ControlSockets(directory.resolve("console"), directory.resolve("qmp"));
    }

    public ControlSockets {
        int bytes = qmp.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ADDRESS_BYTES_MAX) {
            throw new MachineException("the socket " + qmp + " has an address of " + bytes + " bytes; at most "
                    + ADDRESS_BYTES_MAX + " are possible, so choose a shorter directory for temporary files"
                    + " (-Djava.io.tmpdir).");
        }
    }
}
