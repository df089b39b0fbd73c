package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.name.NamedDialer;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The network of one rig in virtual time, in which everything is a channel of this process.
 *
 * <p>A channel's address is {@code rig/source/ordinal}: Netty keeps local addresses in one registry for the whole JVM, so
 * each rig writes its own number in front.
 */
final class VirtualNetwork {
    private static final AtomicLong RIGS = new AtomicLong();

    private final String prefix = "rig" + RIGS.incrementAndGet() + "/";
    private final VirtualDatagrams datagrams = new VirtualDatagrams();
    private final EventLoop loop;
    private long connections;

    VirtualNetwork(EventLoop loop) {
        this.loop = loop;
    }

    /** Where somebody of that name listens. */
    LocalAddress address(String name) {
        return new LocalAddress(prefix + name);
    }

    /** Listens there; the handler is that of each connection. */
    SocketAddress serve(String name, ChannelHandler connection) {
        LocalAddress address = address(name);
        new ServerBootstrap()
                .group(loop)
                .channelFactory(VirtualServerChannel::new)
                .childHandler(connection)
                .bind(address);
        return address;
    }

    ChannelFuture connect(InetAddress source, SocketAddress target, ChannelHandler pipeline) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(VirtualChannel::new)
                .handler(pipeline)
                .connect(target, local(source));
    }

    /** The same as soon as it is known where to. */
    ChannelFuture connectLater(
            InetAddress source, CompletableFuture<NamedDialer.Target> target, ChannelHandler pipeline) {
        Channel channel = new Bootstrap()
                .group(loop)
                .channelFactory(VirtualChannel::new)
                .handler(pipeline)
                .register()
                .channel();
        ChannelPromise connected = channel.newPromise();
        target.whenComplete((place, failure) -> {
            if (failure != null) {
                connected.tryFailure(failure);
                channel.close();
            } else {
                InetAddress seen = place.sixth() ? LoopbackSources.sixth(source) : source;
                channel.connect(place.address(), local(seen), connected);
            }
        });
        return connected;
    }

    ChannelFuture connectDatagrams(InetAddress source, SocketAddress target, ChannelHandler pipeline) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(this::newDatagramChannel)
                .handler(pipeline)
                .connect(target, datagrams.ephemeral(source));
    }

    Channel newDatagramChannel() {
        return datagrams.newChannel();
    }

    private LocalAddress local(InetAddress source) {
        return new LocalAddress(prefix + source.getHostAddress() + "/" + ++connections);
    }

    /** What a device's channel has: its link, and above it its own handlers. */
    static ChannelHandler over(ChannelHandler link, ChannelHandler pipeline) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast("link", link).addLast(pipeline);
            }
        };
    }

    /** Whose address a connection comes from. */
    static InetAddress sourceOf(Channel channel) {
        String[] parts = ((LocalAddress) channel.remoteAddress()).id().split("/", -1);
        return LoopbackSources.parse(parts[1]);
    }

    /** Ends a connection as a reset. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
