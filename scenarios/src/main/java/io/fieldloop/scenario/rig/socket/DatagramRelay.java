package io.fieldloop.scenario.rig.socket;

import io.fieldloop.device.link.Link;
import io.fieldloop.scenario.rig.virtual.VirtualDatagrams;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Devices' way out for datagrams on real sockets, and their operator's NAT: a socket for each address a device appears under.
 *
 * <p>The devices' own channels are in-process ones, since a real socket cannot be given another port; one whose port the link has changed
 * leaves this machine from another real socket, which is what the far side sees of a rebinding. Lives on the links' event loop.
 */
public final class DatagramRelay {
    private final EventLoop loop;
    private final Class<? extends DatagramChannel> sockets;
    private final VirtualDatagrams inside = new VirtualDatagrams();
    private final Map<InetSocketAddress, Channel> doors = new HashMap<>();

    /**
     * A way out that no device uses yet.
     *
     * @param sockets what a real one is
     */
    public DatagramRelay(EventLoop loop, Class<? extends DatagramChannel> sockets) {
        this.loop = loop;
        this.sockets = sockets;
    }

    /**
     * Leads a pipeline to a target over a link.
     *
     * @param source the address that a target on loopback sees
     */
    public ChannelFuture dial(Link link, InetAddress source, InetSocketAddress target, ChannelHandler pipeline) {
        doors.computeIfAbsent(target, this::door);
        return new Bootstrap()
                .group(loop)
                .channelFactory(inside::newChannel)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast("link", link.newDatagramSocket(VirtualDatagrams::remap))
                                .addLast(pipeline);
                    }
                })
                .connect(target, inside.ephemeral(source));
    }

    /** The in-process end of a target: takes what devices send there, each from a real socket of its own. */
    private Channel door(InetSocketAddress target) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(inside::newChannel)
                .handler(new DatagramWays((device, back) -> socket(target, device.getAddress(), back)))
                .bind(target)
                .channel();
    }

    private ChannelFuture socket(InetSocketAddress target, InetAddress source, ChannelHandler back) {
        return new Bootstrap()
                .group(loop)
                .channel(sockets)
                .handler(back)
                .connect(target, target.getAddress().isLoopbackAddress() ? new InetSocketAddress(source, 0) : null);
    }

    /** Takes all sockets away. */
    public void close() {
        doors.values().forEach(Channel::close);
    }
}
