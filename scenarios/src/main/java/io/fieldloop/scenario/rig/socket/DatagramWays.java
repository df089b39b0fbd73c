package io.fieldloop.scenario.rig.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Sends datagrams on by a channel for each place they come from, and what comes back on it to that place. */
public final class DatagramWays extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Of more places than this the one not heard of for longest loses its channel: who invents addresses takes no more. */
    private static final int PLACES_MAX = 256;

    private final BiFunction<InetSocketAddress, ChannelHandler, ChannelFuture> connect;
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

    /**
     * Ways that are made when something comes.
     *
     * @param connect makes the channel of a place, with a handler that leads back last in its pipeline
     */
    public DatagramWays(BiFunction<InetSocketAddress, ChannelHandler, ChannelFuture> connect) {
        this.connect = connect;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        ByteBuf payload = packet.content().retain();
        ways.computeIfAbsent(packet.sender(), from -> connect.apply(from, new Back(ctx.channel(), from)))
                .addListener((ChannelFuture way) -> {
                    if (way.isSuccess()) {
                        way.channel().writeAndFlush(payload);
                    } else {
                        payload.release();
                    }
                });
    }

    /** Nobody listens where an answer went; the next datagram is another matter. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ways.values().forEach(way -> way.channel().close());
        ctx.fireChannelInactive();
    }

    /** Real sockets give datagrams, links their payload. */
    private static final class Back extends SimpleChannelInboundHandler<Object> {
        private final Channel front;
        private final InetSocketAddress from;

        private Back(Channel front, InetSocketAddress from) {
            this.front = front;
            this.from = from;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object message) {
            ByteBuf payload = message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
            front.writeAndFlush(new DatagramPacket(payload.retain(), from));
        }

        /** Nobody listens there; a device hears nothing of it. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
    }
}
