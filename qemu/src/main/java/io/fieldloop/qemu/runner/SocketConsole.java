package io.fieldloop.qemu.runner;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.string.StringEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A console that is a Unix socket: QEMU waits for it before the first instruction. */
final class SocketConsole implements ConsoleEnd {
    private final Channel channel;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    private SocketConsole(Channel channel) {
        this.channel = channel;
        channel.closeFuture().addListener(closed -> drained.complete(null));
    }

    /** Cancel what is returned to give up. */
    static CompletableFuture<ConsoleEnd> connect(EventLoop loop, Path socket) {
        CompletableFuture<Channel> connecting = new SocketConnector(loop, socket).connect();
        CompletableFuture<ConsoleEnd> console = connecting.thenApply(SocketConsole::new);
        console.whenComplete((end, failure) -> connecting.cancel(false));
        return console;
    }

    @Override
    public void hear(Consumer<ByteBuf> bytes) {
        channel.pipeline().addLast(new StringEncoder(StandardCharsets.UTF_8), new Hearing(bytes));
        channel.config().setAutoRead(true);
    }

    @Override
    public void write(String text) {
        channel.writeAndFlush(text);
    }

    @Override
    public CompletableFuture<Void> drained() {
        return drained;
    }

    private static final class Hearing extends SimpleChannelInboundHandler<ByteBuf> {
        private final Consumer<ByteBuf> listener;

        Hearing(Consumer<ByteBuf> listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            listener.accept(bytes);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
