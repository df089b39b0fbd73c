package io.fieldloop.device.link.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.LinkedChannel;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.local.LocalAddress;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The device's view and the gateway's view of one connection, in frozen time; what every link does is the contract in {@code qemu}. */
final class StreamLinkHandlerTest {
    private static LinkProfile link(String... keysAndValues) {
        LinkProfile profile = LinkProfile.NONE;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            profile = profile.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        return profile;
    }

    private static LinkedChannel on(String... keysAndValues) {
        return new LinkedChannel(link(keysAndValues), 1);
    }

    @Test
    void passesTheVeryBufferOnAtOnceWithoutImpairment() {
        LinkedChannel connection = on();
        ByteBuf sent = LinkedChannel.bytes("up");

        connection.channel.writeAndFlush(sent);

        ByteBuf arrived = connection.channel.readOutbound();
        assertThat(arrived).isSameAs(sent);
        assertThat(arrived.refCnt()).isOne();
        assertThat(connection.channel.hasPendingTasks()).isFalse();
        arrived.release();
        connection.gatewaySends("down");
        assertThat(connection.seen).containsExactly("0 down");
    }

    @Test
    void answersAConnectAfterOneRoundTripAndThePromotion() {
        LinkedChannel connection = on("delay", "50ms", "promotion", "300ms");

        ChannelFuture connected = connection.channel.connect(new LocalAddress("gateway"));

        connection.until(399);
        assertThat(connected.isDone()).isFalse();
        connection.until(400);
        assertThat(connected.isSuccess()).isTrue();
        assertThat(connection.events.only(LinkEvent.PathOpened.class).elapsed()).isEqualTo(Duration.ofMillis(400));
        assertThat(connection.events.only(LinkEvent.Promoted.class).by()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void refusesAConnectInARefusingOutage() {
        LinkedChannel connection = on("delay", "50ms", "outage", "refused", "outage-for", "10s");

        ChannelFuture connected = connection.channel.connect(new LocalAddress("gateway"));

        connection.after(Duration.ofMillis(100));
        assertThat(connected.cause()).isInstanceOf(ConnectException.class).hasMessage("Connection refused");
        assertThat(connection.events.kinds()).contains("path-refused");
    }

    @Test
    void doesNotResolveWhenTheResolverFails() {
        LinkedChannel connection = on("delay", "50ms", "dns", "failing");

        ChannelFuture connected = connection.channel.connect(new LocalAddress("gateway"));
        connection.after(Duration.ofMillis(99));
        assertThat(connected.isDone()).isFalse();

        connection.after(Duration.ofMillis(1));
        assertThat(connected.cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void givesUpResolvingWhenNoQueryIsAnswered() {
        LinkedChannel connection = on("dns", "silent");

        ChannelFuture connected = connection.channel.connect(new LocalAddress("gateway"));
        connection.after(Duration.ofMillis(6999));
        assertThat(connected.isDone()).isFalse();

        connection.after(Duration.ofMillis(1));
        assertThat(connected.cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void reachesNobodyWhenNoArpRequestIsAnswered() {
        LinkedChannel connection = on("arp", "silent");

        ChannelFuture connected = connection.channel.connect(new LocalAddress("gateway"));
        connection.after(Duration.ofDays(1));

        assertThat(connected.isDone()).isFalse();
        assertThat(connection.events.kinds()).containsExactly("blackholed");
    }

    @Test
    void neverCompletesABlackholedConnect() {
        LinkedChannel connection = on("delay", "50ms");
        connection.link.blackhole(Duration.ofSeconds(30));

        ChannelFuture connected = connection.channel.connect(new LocalAddress("gateway"));
        connection.after(Duration.ofDays(1));

        assertThat(connected.isDone()).isFalse();
        assertThat(connection.events.kinds()).containsExactly("blackholed");
    }

    @Test
    void retransmitsWhatAnOutageSwallowsWithADoublingTimeout() {
        // Sent at 0; tried again at 1.5 s and at 4.5 s, the first time the carrier is back.
        LinkedChannel connection = on("delay", "50ms", "outage-for", "4s");

        connection.deviceSends("up");
        connection.after(Duration.ofMillis(4549));
        assertThat(connection.atGateway()).isEmpty();
        connection.after(Duration.ofMillis(1));

        assertThat(connection.atGateway()).isEqualTo("up");
        LinkEvent.Retransmitted event = connection.events.only(LinkEvent.Retransmitted.class);
        assertThat(event.packets()).isEqualTo(2);
        assertThat(event.delay()).isEqualTo(Duration.ofMillis(4500));
        assertThat(connection.events.kinds()).contains("outage-began", "outage-ended");
    }

    @Test
    void closesTheDevicesEndAtOnceAndTheGatewaysAfterTheDataAndTheDelay() {
        LinkedChannel connection = on("delay", "50ms");

        connection.deviceSends("last words");
        // Not the channel's own close(), with which EmbeddedChannel also cancels every timer.
        ChannelFuture closed = connection.channel.pipeline().close();
        connection.channel.runPendingTasks();

        assertThat(closed.isSuccess()).isTrue();
        assertThat(connection.seen).containsExactly("0 inactive");
        assertThat(connection.channel.isOpen()).isTrue();
        connection.after(Duration.ofMillis(50));
        assertThat(connection.atGateway()).isEqualTo("last words");
        assertThat(connection.channel.isOpen()).isFalse();
        assertThat(connection.seen).containsExactly("0 inactive");
        LinkEvent.Closed event = connection.events.only(LinkEvent.Closed.class);
        assertThat(event.upstreamBytes()).isEqualTo(10);
    }

    @Test
    void bringsTheGatewaysLastBytesAndThenItsFinThoughTheChannelIsClosed() {
        LinkedChannel connection = on("delay", "50ms");

        connection.gatewaySends("403");
        connection.channel.unsafe().close(connection.channel.voidPromise());
        connection.channel.runPendingTasks();
        assertThat(connection.channel.isOpen()).isFalse();
        assertThat(connection.seen).isEmpty();
        connection.until(60);

        assertThat(connection.seen).containsExactly("50 403", "50 inactive");
        assertThat(connection.channel.pipeline().names()).hasSize(1);
    }

    @Test
    void bringsAResetAfterTheDelay() {
        LinkedChannel connection = on("delay", "50ms");

        connection.channel.pipeline().fireExceptionCaught(new SocketException("Connection reset"));
        connection.channel.runPendingTasks();
        assertThat(connection.channel.isOpen()).isFalse();
        connection.until(60);

        assertThat(connection.seen).containsExactly("50 Connection reset", "50 inactive");
    }

    @Test
    void answersAPlaintextUpgradeInTheOperatorsName() {
        LinkedChannel connection = on("delay", "10ms", "plaintext-upgrade", "forbidden");

        connection.deviceSends("GET /xiaozhi/v1/ HTTP/1.1\r\nHost: g\r\nUpgra");
        connection.deviceSends("de: websocket\r\n\r\n");
        connection.until(30);

        assertThat(connection.atGateway()).isEqualTo("GET /xiaozhi/v1/ HTTP/1.1\r\nHost: g\r\nUpgra");
        assertThat(connection.seen).hasSize(2);
        assertThat(connection.seen.get(0)).startsWith("10 HTTP/1.1 403 Forbidden\r\n");
        assertThat(connection.seen.get(1)).isEqualTo("10 inactive");
        assertThat(connection.events.kinds()).contains("upgrade-blocked");
    }

    @Test
    void keepsAMessageTogetherWhenItsFirstPieceBringsAboutTheNext() {
        LinkedChannel connection = on("downstream.split", "1B");
        connection
                .channel
                .pipeline()
                .addAfter(connection.channel.pipeline().firstContext().name(), "echo", new Provoking());

        connection.gatewaySends("abc");

        assertThat(connection.seen).containsExactly("0 a", "0 b", "0 c", "0 x");
    }

    /** Makes the gateway send more as soon as the first piece has come. */
    private static final class Provoking extends ChannelInboundHandlerAdapter {
        private boolean done;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!done) {
                done = true;
                ctx.pipeline().fireChannelRead(LinkedChannel.bytes("x"));
            }
            ctx.fireChannelRead(message);
        }
    }

    @Test
    void holdsASenderBackWhenTheQueueIsFull() {
        // 8 kbit/s is one byte a millisecond; the queue takes 100 of them.
        LinkedChannel connection = on("upstream.bandwidth", "8kbit/s", "upstream.queue", "100B");

        connection.deviceSends("x".repeat(100));
        assertThat(connection.channel.isWritable()).isTrue();
        connection.deviceSends("x".repeat(50));
        assertThat(connection.channel.isWritable()).isFalse();
        assertThat(connection.events.kinds()).containsExactly("queue-full");

        connection.until(151);
        assertThat(connection.channel.isWritable()).isTrue();
        assertThat(connection.atGateway()).hasSize(150);
    }

    @Test
    void stopsReadingWhenTheQueueIsFull() {
        LinkedChannel connection = on("downstream.bandwidth", "8kbit/s", "downstream.queue", "100B");

        connection.gatewaySends("x".repeat(150));
        assertThat(connection.channel.config().isAutoRead()).isFalse();

        connection.until(151);
        assertThat(connection.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void releasesWhatIsUnderWayWhenTheLinkIsClosed() {
        LinkedChannel connection = on("delay", "50ms");
        ByteBuf up = LinkedChannel.bytes("up");
        ByteBuf down = LinkedChannel.bytes("down");
        connection.channel.writeAndFlush(up);
        connection.channel.writeInbound(down);

        connection.link.close();
        connection.channel.runPendingTasks();

        assertThat(up.refCnt()).isZero();
        assertThat(down.refCnt()).isZero();
        assertThat(connection.channel.isOpen()).isFalse();
    }
}
