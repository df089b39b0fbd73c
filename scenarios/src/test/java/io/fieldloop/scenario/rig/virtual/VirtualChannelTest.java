package io.fieldloop.scenario.rig.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.context.InProcessBuffers;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    /** Reads nothing until it is woken. */
    private static final class Sleeper extends SimpleChannelInboundHandler<ByteBuf> {
        private final CompletableFuture<Channel> channel = new CompletableFuture<>();
        private long bytes;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(false);
            channel.complete(ctx.channel());
        }

        void wake() {
            channel.join().config().setAutoRead(true);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            bytes += message.readableBytes();
        }
    }

    @Test
    void takesAWindowOfWhatItDoesNotReadAndTheRestWhenItReadsAgain() throws Exception {
        Sleeper sleeper = new Sleeper();
        Channel client = connect("sleeper", sleeper, new ChannelInboundHandlerAdapter());
        CompletableFuture<Long> whileAsleep = new CompletableFuture<>();
        CompletableFuture<Long> afterwards = new CompletableFuture<>();
        loop.execute(() -> {
            List<ChannelFuture> writes = Stream.generate(() -> new byte[32 << 10])
                    .limit(5)
                    .map(piece -> client.writeAndFlush(Unpooled.wrappedBuffer(piece)))
                    .toList();
            loop.schedule(() -> whileAsleep.complete(taken(writes)), 1, TimeUnit.SECONDS);
            loop.schedule(sleeper::wake, 5, TimeUnit.SECONDS);
            loop.schedule(() -> afterwards.complete(taken(writes)), 10, TimeUnit.SECONDS);
        });

        assertThat(whileAsleep.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(afterwards.get(10, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(sleeper.bytes).isEqualTo(5 * (32 << 10));
    }

    @Test
    void losesNothingOfWhatWaitsWhenThePeerCloses() throws Exception {
        Sleeper sleeper = new Sleeper();
        Channel client = connect("sleeper-at-the-end", sleeper, new ChannelInboundHandlerAdapter());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        loop.execute(() -> {
            for (int i = 0; i < 3; i++) {
                client.writeAndFlush(Unpooled.wrappedBuffer(new byte[10_000]));
            }
            loop.schedule(() -> client.close(), 1, TimeUnit.SECONDS);
            sleeper.channel.join().closeFuture().addListener(done -> closed.complete(null));
        });

        closed.get(10, TimeUnit.SECONDS);

        assertThat(sleeper.bytes).isEqualTo(30_000);
    }

    private static long taken(List<ChannelFuture> writes) {
        return writes.stream().filter(Future::isSuccess).count();
    }

    private Channel connect(String name, ChannelHandler server, ChannelHandler client) throws InterruptedException {
        LocalAddress address = new LocalAddress(name);
        new ServerBootstrap()
                .group(loop)
                .channel(VirtualServerChannel.class)
                .childHandler(server)
                .bind(address)
                .sync();
        return new Bootstrap()
                .group(loop)
                .channelFactory(VirtualChannel::new)
                .handler(client)
                .connect(address)
                .sync()
                .channel();
    }

    @Test
    void sendsWhatThePeersAnswerMakesItSayWhileItIsStillWriting() throws Exception {
        Echo echo = new Echo();
        connect("counter", new Counter(), echo);
        assertThat(echo.second.get(10, TimeUnit.SECONDS)).isEqualTo((byte) 2);
    }

    @Test
    void bothEndsTakeBuffersOfThisProcessAndNotOfNettysPool() {
        VirtualChannel client = new VirtualChannel();
        VirtualChannel accepted = new VirtualChannel(new VirtualServerChannel(), client);

        assertThat(Stream.of(client, accepted).map(Channel::alloc)).containsOnly(InProcessBuffers.allocator());
    }
}
