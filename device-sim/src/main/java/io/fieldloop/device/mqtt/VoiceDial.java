package io.fieldloop.device.mqtt;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** Opens one datagram socket on the device's own event loop; fails as {@code DatagramDialer} says. */
@FunctionalInterface
public interface VoiceDial {
    ChannelFuture dial(String host, int port, ChannelHandler pipeline);
}
