package io.fieldloop.scenario.live;

import io.fieldloop.device.link.Link;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes datagrams of devices and leads them to the gateway over their links, from a socket for each place they come from. */
final class DatagramFront extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Of more places than this the one not heard of for longest loses its socket: who invents addresses takes no more. */
    private static final int PLACES_MAX = 256;

    private final Function<InetAddress, Link> links;
    private final Class<? extends DatagramChannel> kind;
    private final Map<InetSocketAddress, ChannelFuture> ways = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, ChannelFuture> eldest) {
            boolean over = size() > PLACES_MAX;
            if (over) {
                eldest.getValue().channel().close();
            }
            return over;
        }
    };
    private volatile @Nullable InetSocketAddress gateway;

    DatagramFront(Function<InetAddress, Link> links, Class<? extends DatagramChannel> kind) {
        this.links = links;
        this.kind = kind;
    }

    /** What came before is lost, as datagrams are. */
    void lead(InetSocketAddress voice) {
        gateway = voice;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        InetSocketAddress to = gateway;
        if (to == null) {
            return;
        }
        InetSocketAddress device = packet.sender();
        ChannelFuture way = ways.get(device);
        if (way == null) {
            way = connect(ctx.channel(), device, to);
            ways.put(device, way);
        }
        ByteBuf payload = packet.content().retain();
        way.addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                connected.channel().writeAndFlush(payload);
            } else {
                payload.release();
            }
        });
    }

    private ChannelFuture connect(Channel front, InetSocketAddress device, InetSocketAddress to) {
        ChannelHandler link = links.apply(device.getAddress()).newDatagramSocket(channel -> {});
        return new Bootstrap()
                .group(front.eventLoop())
                .channel(kind)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(link, new Back(front, device));
                    }
                })
                .connect(to, new InetSocketAddress(LiveLinks.OWN, 0));
    }

    /** Nobody listens at a device's port any more; the next datagram is another matter. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ways.values().forEach(way -> way.channel().close());
        ctx.fireChannelInactive();
    }

    /** From the gateway to the device. */
    private static final class Back extends SimpleChannelInboundHandler<ByteBuf> {
        private final Channel front;
        private final InetSocketAddress device;

        private Back(Channel front, InetSocketAddress device) {
            this.front = front;
            this.device = device;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
            front.writeAndFlush(new DatagramPacket(payload.retain(), device));
        }

        /** The gateway is gone; a device hears nothing of it. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
    }
}
