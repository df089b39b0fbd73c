package io.fieldloop.scenario.rig.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How late a loop is, in time that stands still until a test moves it. */
final class LoopLagTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private LoopLag lag;

    @BeforeEach
    void begin() {
        channel.freezeTime();
        lag = LoopLag.of(channel.eventLoop());
        channel.runPendingTasks();
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aLoopOnTimeIsNotLate() {
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofMillis(100));
        }
        assertThat(lag.worst()).isZero();
    }

    @Test
    void remembersTheWorstDelay() {
        pass(Duration.ofMillis(2_100));
        pass(Duration.ofMillis(150));
        assertThat(lag.worst()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLoopThatStandsStillIsLateAlready() {
        channel.advanceTimeBy(5_100, TimeUnit.MILLISECONDS);
        assertThat(lag.worst()).isEqualTo(Duration.ofSeconds(5));
    }
}
