package io.fieldloop.device.link;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Socket channels that go with an event loop group, and the I/O handler that keeps a link's schedule best.
 *
 * <p>A selector waits in whole milliseconds, so on NIO a segment is up to 1 ms late; epoll waits in nanoseconds.
 */
public record SocketTransport(
        Class<? extends ServerSocketChannel> serverChannel,
        Class<? extends SocketChannel> channel,
        Class<? extends DatagramChannel> datagramChannel) {
    /** Epoll where there is one, NIO elsewhere. */
    public static IoHandlerFactory preciseIoHandler() {
        return Epoll.isAvailable() ? HalfCloseEpoll.newFactory() : NioIoHandler.newFactory();
    }

    /** The channels a group can register. */
    public static SocketTransport of(EventLoopGroup group) {
        boolean isEpoll = group instanceof IoEventLoopGroup loops && loops.isCompatible(EpollIoHandle.class);
        return isEpoll
                ? new SocketTransport(
                        EpollServerSocketChannel.class, EpollSocketChannel.class, EpollDatagramChannel.class)
                : new SocketTransport(NioServerSocketChannel.class, NioSocketChannel.class, NioDatagramChannel.class);
    }
}
