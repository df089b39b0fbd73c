package io.fieldloop.device;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;

/**
 * A device's only way to reach anything: resolves a host and opens one byte stream to it.
 *
 * <p>The returned future fails with {@link java.net.UnknownHostException} when the name does not resolve, with {@link
 * java.net.ConnectException} when the connection is refused, with {@link java.net.NoRouteToHostException} when the network has no way
 * to the address, and with another {@link java.io.IOException} when it broke. It needs no time limit of its own: the device closes the
 * future's channel when its own limit is over. {@code pipeline} is to be added to the channel before it connects; whatever models the
 * link goes in front of it. Where resolving takes time the channel tells of it with {@link io.fieldloop.device.attempt.NameLookup}.
 */
@FunctionalInterface
public interface Dialer {
    ChannelFuture dial(EventLoop loop, String host, int port, ChannelHandler pipeline);
}
