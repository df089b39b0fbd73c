package io.fieldloop.scenario.adversary;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;

/**
 * Dials real sockets on loopback, each bound to its source address.
 *
 * <p>Linux lets a socket bind to any address of 127.0.0.0/8; elsewhere a source other than 127.0.0.1 needs an alias
 * and the connection fails without one. An IPv6 target is dialled without binding, so all sources look alike there.
 */
public final class SocketProbeDialer implements ProbeDialer {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> channels;
    private final Map<String, InetSocketAddress> targets;

    /**
     * @param targets where each listener of the gateway can be reached, by {@code ws} and {@code wss}
     * @throws AdversaryConfigException when a target is not on loopback
     */
    public SocketProbeDialer(
            EventLoop loop, ChannelFactory<? extends Channel> channels, Map<String, InetSocketAddress> targets) {
        targets.values().forEach(TargetPolicy.LOOPBACK::requireAllowed);
        this.loop = loop;
        this.channels = channels;
        this.targets = Map.copyOf(targets);
    }

    @Override
    public ChannelFuture dial(InetAddress source, String listener, ChannelHandler pipeline) {
        InetSocketAddress target =
                Objects.requireNonNull(targets.get(listener), () -> "the gateway has no listener " + listener);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(channels)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                // A slow drip must leave byte by byte, not gathered by Nagle's algorithm.
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(pipeline);
        return target.getAddress() instanceof Inet4Address
                ? bootstrap.connect(target, new InetSocketAddress(source, 0))
                : bootstrap.connect(target);
    }
}
