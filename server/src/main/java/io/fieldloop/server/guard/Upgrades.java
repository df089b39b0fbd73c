package io.fieldloop.server.guard;

import io.fieldloop.server.Connection;
import io.netty.channel.ChannelHandlerContext;

/** Receives connections whose 101 has been written; puts its own handlers behind the given one. */
public interface Upgrades {
    /** A device to converse with. */
    void upgraded(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity);

    /** A client that gets one text and is closed with 1000. */
    void dismissed(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity, String text);
}
