package io.fieldloop.qemu.machine;

import io.fieldloop.qemu.link.FrameSockets;
import org.jspecify.annotations.Nullable;

/**
 * What the machine's network card is plugged into. QEMU's user-mode network (10.0.2.0/24, the host's loopback at 10.0.2.2) is always at
 * the far end.
 *
 * @param relay the sockets of the harness that relays every frame, or null where nothing is in between
 */
public record NetworkWiring(@Nullable FrameSockets relay) {

    /** Straight into QEMU's user-mode network. */
    public static NetworkWiring user() {
        return new NetworkWiring(null);
    }

    /** Through the harness. Its ends must be bound before QEMU starts, or the first frames are lost. */
    public static NetworkWiring relayed(FrameSockets sockets) {
        return new NetworkWiring(sockets);
    }
}
