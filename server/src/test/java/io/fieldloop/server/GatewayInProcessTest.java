package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gateway over in-process channels, gateway and client on one and the same event loop. */
class GatewayInProcessTest {
    @Test
    @OwnsWallClock("The session id of this test may be any.")
    void upgradesWithoutEverBlockingTheOneLoop() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        RecordingListener events = new RecordingListener();
        GatewayRuntime runtime = new GatewayRuntime(
                group,
                LocalServerChannel::new,
                () -> Instant.EPOCH,
                new SecureRandom(),
                channel -> InetAddress.getLoopbackAddress());
        LocalAddress address = new LocalAddress("in-process-gateway");
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", address))
                .build();
        Gateway gateway = Gateway.start(config, runtime, events).get(5, TimeUnit.SECONDS);
        CompletableFuture<String> answer = new CompletableFuture<>();
        Channel client = new Bootstrap()
                .group(group)
                .channel(LocalChannel.class)
                .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                        answer.complete(bytes.toString(StandardCharsets.US_ASCII));
                    }
                })
                .connect(address)
                .sync()
                .channel();
        client.writeAndFlush(Unpooled.copiedBuffer(Requests.upgrade().text(), StandardCharsets.US_ASCII));

        assertThat(answer.get(5, TimeUnit.SECONDS)).startsWith("HTTP/1.1 101 ");
        gateway.close();
        client.closeFuture().await(5, TimeUnit.SECONDS);
        assertThat(client.isOpen()).isFalse();
        assertThat(events.kinds()).endsWith("session-closed", "gateway-stopped");
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
}
