package io.fieldloop.server;

import io.fieldloop.server.connection.ConnectionRuntime;
import io.fieldloop.server.tls.SharedArithmetic;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where a gateway runs: loops, channels, clock and chance all come from outside.
 *
 * @param group serves listeners and connections; elapsed time is read from its loops' tickers
 * @param datagramChannels what a listener for datagrams is bound with; its messages are {@code DatagramPacket}s
 * @param clock for what needs a date: tokens, certificates, records
 * @param sourceOf the peer's address as limits and events see it
 * @param reset how a connection is torn down with a reset
 * @param arithmetic of TLS handshakes; one that remembers only where {@code random} is seeded
 */
public record GatewayRuntime(
        EventLoopGroup group,
        ChannelFactory<? extends ServerChannel> serverChannels,
        ChannelFactory<? extends Channel> datagramChannels,
        InstantSource clock,
        SecureRandom random,
        Function<Channel, InetAddress> sourceOf,
        Consumer<Channel> reset,
        SharedArithmetic arithmetic)
        implements ConnectionRuntime {

    /** A runtime on sockets: it resets connections as they do, and has theirs for datagrams. */
    public GatewayRuntime(
            EventLoopGroup group,
            ChannelFactory<? extends ServerChannel> serverChannels,
            InstantSource clock,
            SecureRandom random,
            Function<Channel, InetAddress> sourceOf) {
        this(
                group,
                serverChannels,
                onEpoll(group) ? EpollDatagramChannel::new : NioDatagramChannel::new,
                clock,
                random,
                sourceOf,
                GatewayRuntime::resetSocket,
                SharedArithmetic.none());
    }

    /** Real sockets on NIO or epoll, the machine's clock and its entropy. */
    @OwnsWallClock("This is the runtime of the real world; every other one is injected.")
    public static GatewayRuntime onSockets(EventLoopGroup group) {
        ChannelFactory<ServerChannel> channels =
                onEpoll(group) ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
        return new GatewayRuntime(
                group, channels, InstantSource.system(), new SecureRandom(), GatewayRuntime::peerAddress);
    }

    private static boolean onEpoll(EventLoopGroup group) {
        return group instanceof IoEventLoopGroup io && io.isCompatible(EpollIoHandle.class);
    }

    private static InetAddress peerAddress(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private static void resetSocket(Channel channel) {
        if (channel instanceof SocketChannel) {
            // Linger 0 makes close() send RST instead of FIN.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }
}
