package io.fieldloop.server.voice;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.VoiceQuality;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An open flow as it was at the moment of asking.
 *
 * @param flow the connection id in its packets, in hex
 * @param device where the device is, or null while it has sent nothing
 */
public record VoiceSnapshot(
        ConnectionId connection, String flow, @Nullable InetSocketAddress device, VoiceQuality quality) {}
