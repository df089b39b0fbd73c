package io.fieldloop.device;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.net.NoRouteToHostException;

/**
 * The {@link Dialer} of datagrams: resolves a host and opens a socket that reaches and hears only that one.
 *
 * <p>Every message of the channel, both ways, is a {@link io.netty.buffer.ByteBuf} with the payload of one datagram. The returned future
 * fails with {@link java.net.UnknownHostException} when the name does not resolve; nothing else is known of the far side before it
 * answers. {@code pipeline} is to be added to the channel before it connects; whatever models the link goes in front of it.
 */
@FunctionalInterface
public interface DatagramDialer {
    ChannelFuture dial(EventLoop loop, String host, int port, ChannelHandler pipeline);

    /** For a device that has no way out for datagrams: every dial fails. */
    static DatagramDialer none() {
        return (loop, host, port, pipeline) -> new DefaultChannelPromise(new LocalChannel(), loop)
                .setFailure(new NoRouteToHostException("No way out for datagrams to " + host));
    }
}
