package io.fieldloop.server.session;

import io.fieldloop.server.event.ConnectionId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live session as it was at the moment of asking.
 *
 * @param sessionId the id given in the gateway's hello; each session has one from the upgrade on
 * @param state {@code connected} before the device's hello, then {@code idle}, {@code listening} or {@code speaking}
 * @param tools names of the tools its MCP server listed so far
 * @param roundTrip from the gateway's latest ping to its pong, else as the kernel measures the connection; null where neither is known
 */
public record SessionSnapshot(
        ConnectionId connection,
        String sessionId,
        @Nullable String deviceId,
        @Nullable String clientId,
        InetAddress source,
        String listener,
        Transport transport,
        int protocolVersion,
        String state,
        List<String> tools,
        Instant since,
        @Nullable Duration roundTrip) {}
