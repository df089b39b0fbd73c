package io.fieldloop.device.link;

import io.fieldloop.device.link.stream.Signal;
import io.fieldloop.device.link.stream.StreamLinkHandler;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A proxy's side towards the client: opens the connection behind it, over the link, and passes on what the client sends.
 *
 * <p>A client may send, and end its sending, while the connection behind is still being opened. Netty reads a socket
 * whose peer has ended its sending even where reading is off, so what comes that early waits here.
 */
final class FrontHandler extends ChannelInboundHandlerAdapter {
    private final LinkProxyConfig config;
    private final Link link;
    private final Map<SocketAddress, InetSocketAddress> clients;
    private final SocketTransport transport;
    private final Paths paths;
    private final Queue<Object> early = new ArrayDeque<>();
    private @Nullable Channel back;
    private boolean open;
    private boolean wasReset;

    /** @param clients where each connection behind is noted, with the client it is for */
    FrontHandler(
            LinkProxyConfig config,
            Link link,
            SocketTransport transport,
            Paths paths,
            Map<SocketAddress, InetSocketAddress> clients) {
        this.config = config;
        this.link = link;
        this.transport = transport;
        this.paths = paths;
        this.clients = clients;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Channel front = ctx.channel();
        StreamLinkHandler connection = link.newConnection();
        CompletableFuture<Void> path = paths.opening(front.remoteAddress());
        Bootstrap bootstrap = new Bootstrap()
                .group(link.loop())
                .channel(transport.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new SourceNote(clients, (InetSocketAddress) front.remoteAddress()),
                                        connection,
                                        new BackHandler(front));
                    }
                });
        if (config.sourceAddress() != null) {
            bootstrap.localAddress(new InetSocketAddress(config.sourceAddress(), 0));
        }
        ChannelFuture connected = bootstrap.connect(config.backend());
        // Where no socket could be had there is no channel that could be closed.
        back = connected.cause() == null ? connected.channel() : null;
        connected.addListener(result -> {
            if (result.isSuccess()) {
                path.complete(null);
                opened(ctx);
            } else {
                path.completeExceptionally(result.cause());
                Resets.close(front);
            }
        });
    }

    private void opened(ChannelHandlerContext ctx) {
        open = true;
        for (Object next = early.poll(); next != null; next = early.poll()) {
            send(next);
        }
        channelReadComplete(ctx);
    }

    private void send(Object message) {
        if (back != null && open) {
            back.write(message);
        } else {
            early.add(message);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        send(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (back != null && open) {
            back.flush();
            ctx.channel().config().setAutoRead(back.isWritable());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (back != null) {
            StreamLinkHandler connection = back.pipeline().get(StreamLinkHandler.class);
            if (connection != null) {
                connection.setReaderSlow(!ctx.channel().isWritable());
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !wasReset) {
            send(new Signal.HalfFin());
            channelReadComplete(ctx);
            if (ctx.channel() instanceof DuplexChannel front && front.isOutputShutdown()) {
                front.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            wasReset = true;
            if (back != null) {
                back.writeAndFlush(new Signal.Rst());
            }
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        if (back != null && !wasReset) {
            back.close();
        }
    }
}
