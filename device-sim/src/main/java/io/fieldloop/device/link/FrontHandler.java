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
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A proxy's side towards the client: opens the connection behind it, over the link, and passes on what the client sends. */
final class FrontHandler extends ChannelInboundHandlerAdapter {
    private final LinkProxyConfig config;
    private final Link link;
    private final SocketTransport transport;
    private final Paths paths;
    private @Nullable Channel back;
    private boolean wasReset;

    FrontHandler(LinkProxyConfig config, Link link, SocketTransport transport, Paths paths) {
        this.config = config;
        this.link = link;
        this.transport = transport;
        this.paths = paths;
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
                        channel.pipeline().addLast(connection, new BackHandler(front));
                    }
                });
        if (config.sourceAddress() != null) {
            bootstrap.localAddress(new InetSocketAddress(config.sourceAddress(), 0));
        }
        ChannelFuture connected = bootstrap.connect(config.backend());
        back = connected.channel();
        connected.addListener(result -> {
            if (result.isSuccess()) {
                path.complete(null);
                front.config().setAutoRead(true);
            } else {
                path.completeExceptionally(result.cause());
                Resets.close(front);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (back == null) {
            ReferenceCountUtil.release(message);
        } else {
            back.write(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (back != null) {
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
        if (event instanceof ChannelInputShutdownEvent && back != null) {
            back.writeAndFlush(wasReset ? new Signal.Rst() : new Signal.HalfFin());
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
        if (back != null && !wasReset) {
            back.close();
        }
    }
}
