package io.fieldloop.scenario.adversary;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A virtual loop with a listener that answers everything alike, and an adversary against it. */
final class VirtualGateway implements AutoCloseable {
    static final ProbeCatalogue CATALOGUE = ProbeCatalogue.bundled();

    final VirtualLoop loop = new VirtualLoop();
    final RecordingListener events = new RecordingListener(() -> loop.ticker().nanoTime());
    /** All bytes of each connection as hex, in order of acceptance. */
    final List<StringBuilder> received = new ArrayList<>();

    /** Unique, since local addresses are shared by the whole JVM. */
    private final LocalAddress address = new LocalAddress(VirtualGateway.class);

    private final String answer;
    private final Duration closesAfter;
    int openMax;
    private int open;

    /**
     * @param answer sent at the first byte; nothing when empty
     * @param closesAfter how long after accepting the connection it is closed
     */
    VirtualGateway(String answer, Duration closesAfter) {
        this.answer = answer;
        this.closesAfter = closesAfter;
        new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<LocalChannel>() {
                    @Override
                    protected void initChannel(LocalChannel channel) {
                        channel.pipeline().addLast(new Answering());
                    }
                })
                .bind(address)
                .syncUninterruptibly();
    }

    ProbeDialer dialer() {
        return (source, listener, pipeline) -> new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(pipeline)
                .connect(address);
    }

    Adversary adversary(AttackPlan plan, long seed) {
        return new Adversary(plan, CATALOGUE, new AdversaryRuntime(loop, dialer(), new SplittableRandom(seed)), events);
    }

    AttackSummary attack(AttackPlan plan) throws Exception {
        return finish(adversary(plan, 1).start());
    }

    static AttackSummary finish(CompletableFuture<AttackSummary> attack) throws Exception {
        return attack.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private final class Answering extends ChannelInboundHandlerAdapter {
        private @Nullable StringBuilder bytes;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            StringBuilder mine = new StringBuilder();
            bytes = mine;
            received.add(mine);
            openMax = Math.max(openMax, ++open);
            ctx.executor().schedule(() -> ctx.close(), closesAfter.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            boolean first = bytes.isEmpty();
            byte[] read = new byte[in.readableBytes()];
            in.readBytes(read);
            in.release();
            bytes.append(HexFormat.of().formatHex(read));
            if (first && !answer.isEmpty()) {
                ctx.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            open--;
        }
    }
}
