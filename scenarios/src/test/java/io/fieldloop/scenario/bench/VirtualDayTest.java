package io.fieldloop.scenario.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VirtualDayTest {
    @Test
    void devicesThatAnswerPingsAtOnceStayOnline() {
        VirtualDay.Tally tally = new VirtualDay(3, Duration.ofSeconds(30)).run(Duration.ofHours(1));
        assertThat(tally.channelsLost()).isZero();
        assertThat(tally.pings()).isBetween(3 * 119L, 3 * 120L);
        assertThat(tally.pongs()).isEqualTo(tally.pings());
        assertThat(tally.simulatedNanos()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void devicesBehindModemsTalkEveryNowAndThen() {
        VirtualDay.Tally tally = new VirtualDay(3, Duration.ofMinutes(1), "xiaozhi-ml307", Duration.ofSeconds(100))
                .run(Duration.ofMinutes(20));
        assertThat(tally.channelsLost()).isZero();
        assertThat(tally.turns()).isBetween(3 * 11L, 3 * 12L);
        assertThat(tally.audioFrames()).isGreaterThan(tally.turns() * 60);
    }
}
