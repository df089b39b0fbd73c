package io.fieldloop.server.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closes after an answer in a way that lets the answer arrive.
 *
 * <p>Closing a socket with unread input sends RST, which may overtake the answer (RFC 9112, 9.6); so FIN goes first, and input is
 * read and dropped for a moment. Under TLS the close_notify of an ordinary close must go out instead.
 */
public final class LingeringClose {
    private static final long LINGER_MILLIS = 500;

    private LingeringClose() {}

    public static void close(ChannelHandlerContext ctx, boolean secured) {
        Channel channel = ctx.channel();
        if (channel instanceof DuplexChannel duplex && !secured) {
            duplex.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            ctx.close();
        }
    }
}
