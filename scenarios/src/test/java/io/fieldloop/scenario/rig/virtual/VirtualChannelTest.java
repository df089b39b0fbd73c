package io.fieldloop.scenario.rig.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VirtualChannelTest {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final EventLoop loop = VirtualEventLoop.start(clock);

    @AfterEach
    void stopLoop() {
        clock.freeze();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /** Sends 1 from a timer, and for every number it reads the next one. */
    private static final class Counter extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.executor().schedule(() -> send(ctx, 1), 1, TimeUnit.SECONDS);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf number) {
            send(ctx, number.readByte() + 1);
        }

        private static void send(ChannelHandlerContext ctx, int number) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) number}));
        }
    }

    /** Echoes the first number; the second is the answer to the answer. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Byte> second = new CompletableFuture<>();
        private boolean echoed;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf number = (ByteBuf) message;
            if (echoed) {
                second.complete(number.readByte());
                number.release();
            } else {
                echoed = true;
                ctx.writeAndFlush(number);
            }
        }
    }

    @Test
    void sendsWhatThePeersAnswerMakesItSayWhileItIsStillWriting() throws Exception {
        LocalAddress address = new LocalAddress("counter");
        new ServerBootstrap()
                .group(loop)
                .channel(VirtualServerChannel.class)
                .childHandler(new Counter())
                .bind(address)
                .sync();
        Echo echo = new Echo();
        new Bootstrap()
                .group(loop)
                .channelFactory(VirtualChannel::new)
                .handler(echo)
                .connect(address)
                .sync();
        assertThat(echo.second.get(10, TimeUnit.SECONDS)).isEqualTo((byte) 2);
    }
}
