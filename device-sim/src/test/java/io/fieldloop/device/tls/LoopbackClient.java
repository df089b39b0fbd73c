package io.fieldloop.device.tls;

import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A device on a real socket, until its TLS handshake has come to some end. */
final class LoopbackClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final RecordingDevice device = new RecordingDevice();
    private final Channel channel;

    LoopbackClient(TlsClientConfig config, int port) {
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new DeviceTlsHandler(config), device);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    TlsEstablished established() {
        await().atMost(PATIENCE).until(() -> !device.events.isEmpty() || !device.failures.isEmpty());
        if (device.events.isEmpty()) {
            throw new AssertionError("The handshake failed.", device.failures.get(0));
        }
        return (TlsEstablished) device.events.get(0);
    }

    DeviceTlsException failure() {
        await().atMost(PATIENCE).until(() -> !device.failures.isEmpty());
        return device.failure();
    }

    String ask(String question, String lastOfAnswer) {
        channel.writeAndFlush(Unpooled.copiedBuffer(question, StandardCharsets.US_ASCII));
        await().atMost(PATIENCE).until(() -> answer().contains(lastOfAnswer));
        return answer();
    }

    private String answer() {
        return device.received.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
