package io.fieldloop.device.attempt;

import io.netty.channel.ChannelFuture;

/** Opens one byte stream on the device's own event loop, by itself or through a modem; fails as {@code Dialer} says, or with {@link OpenRefused}. */
@FunctionalInterface
public interface Dial {
    ChannelFuture dial(Endpoint endpoint, AttemptPipeline pipeline);
}
