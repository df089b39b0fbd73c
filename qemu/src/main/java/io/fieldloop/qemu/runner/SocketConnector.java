package io.fieldloop.qemu.runner;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Connects to a socket that QEMU is about to open: tries again until it is there. */
final class SocketConnector {
    private static final int RETRY_MILLIS = 5;

    private final EventLoop loop;
    private final Path socket;
    private final CompletableFuture<Channel> connected = new CompletableFuture<>();

    SocketConnector(EventLoop loop, Path socket) {
        this.loop = loop;
        this.socket = socket;
    }

    /** The channel does not read yet. Cancel what is returned to give up. */
    CompletableFuture<Channel> connect() {
        attempt();
        return connected;
    }

    private void attempt() {
        new Bootstrap()
                .group(loop)
                .channel(NioDomainSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Idle())
                .connect(UnixDomainSocketAddress.of(socket))
                .addListener((ChannelFuture attempt) -> attempted(attempt));
    }

    private void attempted(ChannelFuture attempt) {
        if (!attempt.isSuccess()) {
            if (!connected.isDone()) {
                loop.schedule(this::attempt, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        } else if (!connected.complete(attempt.channel())) {
            attempt.channel().close();
        }
    }

    /** Stands in until it is known which attempt succeeds. */
    private static final class Idle extends ChannelHandlerAdapter implements ChannelHandler {}
}
