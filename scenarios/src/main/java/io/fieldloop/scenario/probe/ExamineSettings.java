package io.fieldloop.scenario.probe;

import io.fieldloop.device.websocket.Identity;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What to examine, and as whom.
 *
 * @param at where to dial in place of the host's own addresses; empty for those
 * @param roots what devices are taken to trust
 * @param identity what devices say about themselves, and their token
 * @param profiles which kinds of device try
 * @param watch how long to wait for pings on a quiet session
 * @param connectionsPerSecond in the long run
 */
public record ExamineSettings(
        ServerUrl url,
        List<InetAddress> at,
        TrustRoots roots,
        Identity identity,
        List<String> profiles,
        Duration watch,
        double connectionsPerSecond) {
    /** Slow enough for servers that ban a source at 20 refusals in 10 s, as our own gateway does. */
    public static final double DEFAULT_PACE = 1.5;
}
