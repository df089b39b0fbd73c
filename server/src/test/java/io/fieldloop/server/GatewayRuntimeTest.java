package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GatewayRuntimeTest {
    static Stream<IoHandlerFactory> transports() {
        return Epoll.isAvailable()
                ? Stream.of(NioIoHandler.newFactory(), EpollIoHandler.newFactory())
                : Stream.of(NioIoHandler.newFactory());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void carriesDatagramsOnTheSocketsOfItsLoops(IoHandlerFactory io) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io);
        try {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            GatewayRuntime runtime = GatewayRuntime.onSockets(group);
            Channel one = bind(runtime, new Hearing(heard));
            Channel other = bind(runtime, new ChannelInboundHandlerAdapter());
            other.writeAndFlush(new DatagramPacket(
                    Unpooled.copiedBuffer("voice", StandardCharsets.US_ASCII), (InetSocketAddress) one.localAddress()));

            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("voice");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static Channel bind(GatewayRuntime runtime, ChannelHandler handler) {
        return new Bootstrap()
                .group(runtime.group())
                .channelFactory(runtime.datagramChannels())
                .handler(handler)
                .bind(RunningGateway.anyLoopbackPort())
                .syncUninterruptibly()
                .channel();
    }

    private static final class Hearing extends SimpleChannelInboundHandler<DatagramPacket> {
        private final BlockingQueue<String> heard;

        private Hearing(BlockingQueue<String> heard) {
            this.heard = heard;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            heard.add(packet.content().toString(StandardCharsets.US_ASCII));
        }
    }
}
