package io.fieldloop.scenario.adversary;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;

/** Opens an adversary's connections; the rig decides what that means. */
@FunctionalInterface
public interface ProbeDialer {
    /**
     * Connects to the gateway's listener so that the gateway sees {@code source} as the peer.
     *
     * <p>The channel is registered on the adversary's event loop and its pipeline ends with {@code pipeline}. A failure
     * is reported through the future. Whoever implements this asks {@link TargetPolicy} before connecting.
     *
     * @param listener {@code ws}, {@code wss}, {@code mqtt}, {@code mqtts}, or {@code udp} for a channel of datagrams
     */
    ChannelFuture dial(InetAddress source, String listener, ChannelHandler pipeline);
}
