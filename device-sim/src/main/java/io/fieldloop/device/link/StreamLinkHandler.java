package io.fieldloop.device.link;

import io.netty.channel.ChannelDuplexHandler;

/** Carries one connection of a {@link Link}, first in the pipeline of a client channel. */
public final class StreamLinkHandler extends ChannelDuplexHandler {
    StreamLinkHandler() {}
}
