package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.session.DeviceIdentity;
import io.netty.channel.ChannelHandlerContext;

/** Receives connections whose 101 has been written; puts its own handlers behind the given one. */
public interface Upgrades {
    /** A device to converse with. */
    void upgraded(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity);

    /** A client that gets one text and is closed with 1000. */
    void dismissed(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity, String text);
}
