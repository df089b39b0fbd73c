package io.fieldloop.device.attempt;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** Opens one byte stream on the device's own event loop; fails as {@code Dialer} says. */
@FunctionalInterface
public interface Dial {
    ChannelFuture dial(String host, int port, ChannelHandler pipeline);
}
