package io.fieldloop.qemu.link;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The Unix datagram sockets between QEMU and the relay, all in one directory: those QEMU binds, and those the relay
 * binds before QEMU starts.
 *
 * @param firmware QEMU's end of the firmware's NIC
 * @param firmwareRelay where the firmware's frames go to
 * @param up QEMU's end of its user network
 * @param upRelay where the network's frames go to
 */
public record FrameSockets(Path firmware, Path firmwareRelay, Path up, Path upRelay) {
    // unix(7): sun_path has 108 bytes, the last of which is a NUL.
    private static final int PATH_BYTES_MAX = 107;

    /**
     * The four sockets in that directory.
     *
     * @throws FrameLinkException one sentence, when their paths are longer than the system takes
     */
    public static FrameSockets in(Path directory) {
        Path base = directory.toAbsolutePath();
        FrameSockets sockets = new FrameSockets(
                base.resolve("fw"), base.resolve("fw-relay"), base.resolve("up"), base.resolve("up-relay"));
        for (Path path : List.of(sockets.firmwareRelay, sockets.upRelay)) {
            int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > PATH_BYTES_MAX) {
                throw new FrameLinkException(
                        "The socket path " + path + " has " + bytes + " bytes and the system takes " + PATH_BYTES_MAX
                                + ": choose a directory with a shorter path.");
            }
        }
        return sockets;
    }
}
