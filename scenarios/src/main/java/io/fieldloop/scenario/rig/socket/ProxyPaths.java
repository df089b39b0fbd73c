package io.fieldloop.scenario.rig.socket;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.LinkProxy;
import io.fieldloop.device.link.LinkProxyConfig;
import io.fieldloop.scenario.rig.FailedDial;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One device's ways through its link on real sockets: a proxy for every place it dials.
 *
 * <p>The kernel accepts a connection to the proxy at once, whatever the link is like. So that a simulated device meets the
 * connect the link models (late, refused, or never), its channel becomes active only when the proxy says that the path
 * behind it is open. Everything here happens on the link's event loop.
 */
public final class ProxyPaths {
    private final Link link;
    private final @Nullable InetAddress source;
    private final LoopbackStage stage;
    private final Map<InetSocketAddress, CompletableFuture<LinkProxy>> proxies = new HashMap<>();

    /** @param source the address the far end sees, or null for this machine's own */
    ProxyPaths(Link link, @Nullable InetAddress source, LoopbackStage stage) {
        this.link = link;
        this.source = source;
        this.stage = stage;
    }

    public ChannelFuture dial(InetSocketAddress target, ChannelHandler pipeline) {
        return dial(CompletableFuture.completedFuture(target), pipeline);
    }

    /** The same where the target becomes known later, or never. */
    public ChannelFuture dial(CompletableFuture<InetSocketAddress> target, ChannelHandler pipeline) {
        CompletableFuture<LinkProxy> proxy = target.thenCompose(place -> proxies.computeIfAbsent(place, this::start));
        PathGate gate = new PathGate(proxy);
        ChannelFuture registered = new Bootstrap()
                .group(link.loop())
                .channel(stage.transport().channel())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast("path", gate).addLast(pipeline);
                    }
                })
                .register();
        if (registered.cause() != null) {
            stage.failed(registered.cause());
            return FailedDial.because(registered.cause(), link.loop());
        }
        Channel channel = registered.channel();
        ChannelPromise connected = channel.newPromise();
        connected.addListener(done -> stage.failed(done.cause()));
        gate.reportTo(connected);
        proxy.whenComplete((ready, failure) -> link.loop().execute(() -> {
            if (failure != null) {
                connected.tryFailure(unwrapped(failure));
                channel.close();
            } else {
                channel.connect(ready.address()).addListener(done -> {
                    if (!done.isSuccess()) {
                        connected.tryFailure(done.cause());
                    }
                });
            }
        }));
        return connected;
    }

    private CompletableFuture<LinkProxy> start(InetSocketAddress target) {
        CompletableFuture<LinkProxy> proxy =
                LinkProxy.start(LinkProxyConfig.to(target).withSourceAddress(sourceTo(target)), link);
        proxy.thenCompose(LinkProxy::acceptFailure).thenAccept(stage::failed);
        return proxy;
    }

    /** Of IPv6 loopback there is one address only. */
    private @Nullable InetAddress sourceTo(InetSocketAddress target) {
        return target.getAddress() instanceof Inet6Address ? null : source;
    }

    /** What comes through thenCompose is wrapped; the device looks at the exception itself. */
    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Stops every proxy. */
    void close() {
        proxies.values().forEach(proxy -> proxy.thenAccept(LinkProxy::stop));
    }

    /** Hides a connection from the device until its modelled path is open. */
    private static final class PathGate extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<LinkProxy> proxy;
        private final CompletableFuture<ChannelPromise> connected = new CompletableFuture<>();
        private CompletableFuture<Void> path = new CompletableFuture<>();
        private boolean open;

        PathGate(CompletableFuture<LinkProxy> proxy) {
            this.proxy = proxy;
        }

        void reportTo(ChannelPromise promise) {
            connected.complete(promise);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            path = proxy.thenCompose(ready -> ready.pathOf(ctx.channel().localAddress()));
            path.whenComplete((opened, failure) -> ctx.executor().execute(() -> pathKnown(ctx, failure)));
        }

        private void pathKnown(ChannelHandlerContext ctx, @Nullable Throwable failure) {
            if (failure != null) {
                fail(failure);
                ctx.close();
            } else if (ctx.channel().isActive()) {
                open = true;
                connected.thenAccept(ChannelPromise::trySuccess);
                ctx.fireChannelActive();
            }
        }

        /** The proxy takes its end away when the path fails; what the path failed with is the device's news, not that. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (open) {
                ctx.fireExceptionCaught(cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (open) {
                ctx.fireChannelInactive();
            } else if (!path.isCompletedExceptionally()) {
                fail(new ClosedChannelException());
            }
        }

        private void fail(Throwable failure) {
            connected.thenAccept(promise -> promise.tryFailure(unwrapped(failure)));
        }
    }
}
