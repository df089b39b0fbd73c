package io.fieldloop.device.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/** Closes channels as a reset. */
final class Resets {
    private Resets() {}

    /** Linger 0 makes the close a reset; one that is closed already stays as it is. */
    static void close(Channel channel) {
        if (channel.isOpen()) {
            channel.flush();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }
}
