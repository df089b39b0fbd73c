package io.fieldloop.device.link;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notes for whom a connection of the proxy is made, under the port it leaves from.
 *
 * <p>The port is taken before the connect goes out, so that the note is there when the far end accepts.
 */
final class SourceNote extends ChannelOutboundHandlerAdapter {
    private final Map<SocketAddress, InetSocketAddress> clients;
    private final InetSocketAddress client;

    SourceNote(Map<SocketAddress, InetSocketAddress> clients, InetSocketAddress client) {
        this.clients = clients;
        this.client = client;
    }

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        if (local == null) {
            ctx.connect(remote, promise);
            return;
        }
        ctx.bind(local).addListener((ChannelFuture bound) -> {
            if (!bound.isSuccess()) {
                promise.tryFailure(bound.cause());
                return;
            }
            SocketAddress port = ctx.channel().localAddress();
            clients.put(port, client);
            ctx.channel().closeFuture().addListener(closed -> clients.remove(port));
            ctx.connect(remote, promise);
        });
    }
}
