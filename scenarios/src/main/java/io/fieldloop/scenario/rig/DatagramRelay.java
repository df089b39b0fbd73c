package io.fieldloop.scenario.rig;

import io.fieldloop.device.link.Link;
import io.fieldloop.scenario.rig.virtual.VirtualDatagrams;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * One device's way out for datagrams on real sockets, and its operator's NAT: a socket for each address the device appears under.
 *
 * <p>The device's own channels are in-process ones, since a real socket cannot be given another port; one whose port the link has changed
 * leaves this machine from another real socket, which is what the far side sees of a rebinding. Lives on the link's event loop.
 */
final class DatagramRelay {
    private final Link link;
    private final EventLoop loop;
    private final InetAddress source;
    private final LoopbackStage stage;
    private final VirtualDatagrams inside = new VirtualDatagrams();
    private final Map<InetSocketAddress, Channel> doors = new HashMap<>();

    DatagramRelay(Link link, InetAddress source, LoopbackStage stage) {
        this.link = link;
        this.loop = link.loop();
        this.source = source;
        this.stage = stage;
    }

    ChannelFuture dial(InetSocketAddress target, ChannelHandler pipeline) {
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
                .handler(new Door(target))
                .bind(target)
                .channel();
    }

    /** Takes all sockets away. */
    void close() {
        doors.values().forEach(Channel::close);
    }

    private final class Door extends SimpleChannelInboundHandler<DatagramPacket> {
        private final InetSocketAddress target;
        private final Map<InetSocketAddress, ChannelFuture> sockets = new HashMap<>();

        Door(InetSocketAddress target) {
            this.target = target;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            ByteBuf payload = packet.content().retain();
            sockets.computeIfAbsent(packet.sender(), device -> connect(ctx.channel(), device))
                    .addListener(connected -> {
                        if (connected.isSuccess()) {
                            sockets.get(packet.sender()).channel().writeAndFlush(payload);
                        } else {
                            payload.release();
                        }
                    });
        }

        private ChannelFuture connect(Channel door, InetSocketAddress device) {
            return new Bootstrap()
                    .group(loop)
                    .channel(stage.transport().datagramChannel())
                    .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                            door.writeAndFlush(
                                    new DatagramPacket(packet.content().retain(), device));
                        }

                        /** Nobody listens there; a device hears nothing of it. */
                        @Override
                        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
                    })
                    .connect(target, target.getAddress().isLoopbackAddress() ? new InetSocketAddress(source, 0) : null);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            sockets.values().forEach(socket -> socket.channel().close());
            ctx.fireChannelInactive();
        }
    }
}
