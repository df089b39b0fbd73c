package io.fieldloop.device.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.DeviceProfile;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer that acknowledges nothing, or now and then; the numbers are those of the profiles' {@code SendRules}. */
class SendWatchTest {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final Deque<ChannelPromise> unacknowledged = new ArrayDeque<>();
    private int stalled;
    private EmbeddedChannel channel = new EmbeddedChannel();

    private void client(String profile) {
        channel = EmbeddedChannel.builder().ticker(ticker).build();
        channel.pipeline().addLast(new ChannelDuplexHandler() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                unacknowledged.add(promise);
            }
        });
        channel.pipeline().addLast(new SendWatch(DeviceProfile.named(profile).sending()));
        channel.pipeline().addLast(new ChannelDuplexHandler() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                stalled += event instanceof SendStalled ? 1 : 0;
            }
        });
    }

    private void sends(int bytes) {
        channel.writeAndFlush(Unpooled.buffer().writeZero(bytes));
    }

    private int stalledAfter(Duration time) {
        ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        return stalled;
    }

    @AfterEach
    void leavesNothingBehind() {
        unacknowledged.forEach(promise -> promise.tryFailure(new IllegalStateException("never acknowledged")));
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource({"esp-idf-websocket, 5761, 10000", "xiaozhi-ml307, 8193, 100", "xiaozhi-wifi, 5761, 1150500"})
    void aWriteThatFindsNoRoomWaitsAsLongAsTheClient(String profile, int bytes, int millis) {
        client(profile);
        sends(bytes);
        assertThat(stalledAfter(Duration.ofMillis(millis - 1))).isZero();
        assertThat(stalledAfter(Duration.ofMillis(1))).isEqualTo(1);
    }

    @Test
    void whatFitsTheBufferIsWaitedForUntilTcpGivesUp() {
        client("esp-idf-websocket");
        sends(5760);
        assertThat(stalledAfter(Duration.ofMillis(1_150_499))).isZero();
        assertThat(stalledAfter(Duration.ofMillis(1))).isEqualTo(1);
    }

    @Test
    void anAcknowledgementIsRoomForOneWriteMore() {
        client("esp-idf-websocket");
        for (int packet = 0; packet < 60; packet++) {
            sends(150);
        }
        for (int acknowledged = 0; acknowledged < 20; acknowledged++) {
            assertThat(stalledAfter(Duration.ofSeconds(9))).isZero();
            unacknowledged.remove().setSuccess();
        }
        assertThat(stalledAfter(Duration.ofSeconds(10))).isEqualTo(1);
    }

    @Test
    void nothingIsAskedOfAPeerThatAcknowledges() {
        client("esp-idf-websocket");
        sends(6000);
        unacknowledged.remove().setSuccess();
        assertThat(stalledAfter(Duration.ofHours(1))).isZero();
    }
}
