package io.fieldloop.device.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The handler on Netty's in-process channels, which close both ends at once. */
@Timeout(20)
final class InProcessLinkTest {
    private static final LocalAddress GATEWAY = new LocalAddress(InProcessLinkTest.class);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final RecordingLinkListener events = new RecordingLinkListener();
    private final List<String> device = new CopyOnWriteArrayList<>();
    private final Link link =
            new Link(LinkProfile.NONE.with("delay", "20ms").with("promotion", "30ms"), 1, group.next(), events);

    @AfterEach
    void stop() throws Exception {
        link.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private Bootstrap dialer() {
        return new Bootstrap().group(link.loop()).channel(LocalChannel.class).handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(link.newConnection(), new DeviceHandler());
            }
        });
    }

    @Test
    void bringsAnAnswerThoughTheGatewayClosedAtOnce() throws Exception {
        new ServerBootstrap()
                .group(link.loop())
                .channel(LocalServerChannel.class)
                .childHandler(new AnswersAndCloses())
                .bind(GATEWAY)
                .sync();

        Channel channel = dialer().connect(GATEWAY).sync().channel();

        await().untilAsserted(() -> assertThat(device).containsExactly("active", "403", "inactive", "unregistered"));
        assertThat(channel.pipeline().names()).hasSize(1);
        assertThat(events.only(LinkEvent.PathOpened.class).elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(70));
        assertThat(events.only(LinkEvent.Closed.class).downstreamBytes()).isEqualTo(3);
    }

    @Test
    void refusesAfterTheRoundTripWhereNobodyListens() {
        long start = link.loop().ticker().nanoTime();

        Throwable cause = dialer().connect(new LocalAddress("nobody"))
                .awaitUninterruptibly()
                .cause();

        assertThat(cause).isInstanceOf(ConnectException.class);
        assertThat(Duration.ofNanos(link.loop().ticker().nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(70));
        assertThat(device).doesNotContain("active");
    }

    private static final class AnswersAndCloses extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(LinkedChannel.bytes("403")).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class DeviceHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            device.add("active");
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            device.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            device.add("inactive");
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            device.add("unregistered");
        }
    }
}
