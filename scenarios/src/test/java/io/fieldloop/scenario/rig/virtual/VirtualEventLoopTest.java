package io.fieldloop.scenario.rig.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VirtualEventLoopTest {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final EventLoop loop = VirtualEventLoop.start(clock);

    @AfterEach
    void stopLoop() {
        clock.freeze();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Test
    void skipsTheTimeBetweenTimers() throws Exception {
        List<String> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            loop.schedule(() -> seen.add("a day: " + clock.instant()), 1, TimeUnit.DAYS);
            loop.schedule(() -> seen.add("an hour: " + clock.nanoTime()), 1, TimeUnit.HOURS);
            loop.schedule(done::countDown, 2, TimeUnit.DAYS);
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("an hour: 3600000000000", "a day: 2026-01-02T00:00:00Z");
    }

    @Test
    void runsTimersOfTheSameInstantInTheOrderTheyWereSet() throws Exception {
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(100);
        loop.execute(() -> {
            for (int i = 0; i < 100; i++) {
                int number = i;
                loop.schedule(
                        () -> {
                            seen.add(number);
                            done.countDown();
                        },
                        5,
                        TimeUnit.SECONDS);
            }
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).isSorted().hasSize(100);
    }

    @Test
    void carriesBytesAndAnOrderlyEndWithoutTakingTime() throws Exception {
        assertThat(whatTheClientSees(
                        channel -> channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII))
                                .addListener(written -> channel.close())))
                .containsExactly("hello", "inactive at 0");
    }

    @Test
    void showsAResetToThePeerOfAChannelClosedWithLingerZero() throws Exception {
        assertThat(whatTheClientSees(channel -> {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    channel.close();
                }))
                .containsExactly("Connection reset", "inactive at 0");
    }

    private List<String> whatTheClientSees(Consumer<Channel> server) throws Exception {
        List<String> seen = new ArrayList<>();
        CompletableFuture<List<String>> ended = new CompletableFuture<>();
        LocalAddress address = new LocalAddress("virtual-event-loop-test-" + System.identityHashCode(this));
        loop.execute(() -> {
            new ServerBootstrap()
                    .group(loop)
                    .channelFactory(VirtualServerChannel::new)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelActive(ChannelHandlerContext ctx) {
                                    server.accept(ctx.channel());
                                }
                            });
                        }
                    })
                    .bind(address);
            new Bootstrap()
                    .group(loop)
                    .channelFactory(VirtualChannel::new)
                    .handler(new Recorder(seen, ended))
                    .connect(address);
        });
        return ended.get(10, TimeUnit.SECONDS);
    }

    private final class Recorder extends SimpleChannelInboundHandler<ByteBuf> {
        private final List<String> seen;
        private final CompletableFuture<List<String>> ended;

        Recorder(List<String> seen, CompletableFuture<List<String>> ended) {
            this.seen = seen;
            this.ended = ended;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            seen.add(bytes.toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            seen.add(cause.getMessage());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            seen.add("inactive at " + clock.nanoTime());
            ended.complete(seen);
        }
    }
}
